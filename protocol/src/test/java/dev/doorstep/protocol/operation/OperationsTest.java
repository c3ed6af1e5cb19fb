package dev.doorstep.protocol.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OperationsTest {
  static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  static <P extends Operation<R>, R> void same(OperationType<P, R> type, P parameters, String text)
      throws InvalidMessageException {
    assertThat(Codec.tree(parameters)).isEqualTo(json(text));
    assertThat(Codec.parameters(type, json(text))).isEqualTo(parameters);
    assertThat(parameters.type()).isEqualTo(type);
  }

  private static void sameResult(Object result, String text) throws InvalidMessageException {
    assertThat(Codec.tree(result)).isEqualTo(json(text));
    assertThat((Object) Codec.read(result.getClass(), json(text))).isEqualTo(result);
  }

  @Test
  void mapWholeParameters() throws Exception {
    same(ReadIdCard.TYPE, new ReadIdCard(Duration.ofSeconds(5)), "{'wait':'PT5S'}");
    same(
        AskEvaluation.TYPE,
        AskEvaluation.plain(Optional.of("户籍"), Optional.of("9527"), Duration.ofMinutes(1)),
        "{'item':'户籍','staff':'9527','wait':'PT1M'}");
    same(
        AskEvaluation.TYPE,
        new AskEvaluation(
            Optional.of("2026-0042"),
            Optional.of("户籍"),
            Optional.of("3"),
            Optional.empty(),
            true,
            true,
            Duration.ofMinutes(1)),
        "{'number':'2026-0042','item':'户籍','window':'3','reasons':true,'comment':true,'wait':'PT1M'}");
    same(CaptureDocument.TYPE, CaptureDocument.plain(CaptureDocument.Format.JPEG), "{}");
    same(
        PreviewDocument.TYPE,
        new PreviewDocument(5, 320, Duration.ofMinutes(1)),
        "{'rate':5,'width':320,'time':'PT1M'}");
    same(
        PreviewDocument.TYPE,
        Codec.parameters(PreviewDocument.TYPE, json("{'rate':2,'width':640,'time':'PT30S'}")),
        "{}");
    same(ReadDeviceStatus.TYPE, new ReadDeviceStatus(), "{}");
    same(ReadCode.TYPE, new ReadCode(Duration.ofMinutes(2)), "{'wait':'PT2M'}");
    same(ReadSocialCard.TYPE, new ReadSocialCard(Duration.ZERO), "{'wait':'PT0S'}");
    same(
        PrintTicket.TYPE,
        new PrintTicket(
            List.of(
                new TicketLine(
                    Optional.of("您好"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    TicketLine.Align.CENTER,
                    Optional.of(2),
                    true),
                new TicketLine(
                    Optional.empty(),
                    Optional.of("https://example.org"),
                    Optional.empty(),
                    Optional.empty(),
                    TicketLine.Align.RIGHT,
                    Optional.of(16),
                    false),
                TicketLine.barcode(new Barcode(Barcode.Symbology.CODE_39, "A-042"))),
            PrintTicket.Cut.FULL),
        "{'lines':[{'text':'您好','align':'CENTER','size':2,'bold':true},"
            + "{'qr':'https://example.org','align':'RIGHT','size':16,'bold':false},"
            + "{'barcode':{'symbology':'CODE_39','text':'A-042'},'align':'CENTER','bold':false}],"
            + "'cut':'FULL'}");
  }

  @Test
  void fillInWhatIsAbsent() throws Exception {
    assertThat(Codec.parameters(ReadIdCard.TYPE, json("{}")).patience())
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(Codec.parameters(ReadCode.TYPE, json("{}")).patience())
        .isEqualTo(Duration.ofSeconds(20));
    assertThat(Codec.parameters(ReadSocialCard.TYPE, json("{}")).patience())
        .isEqualTo(Duration.ofSeconds(20));
    AskEvaluation ask = Codec.parameters(AskEvaluation.TYPE, json("{'item':null}"));
    assertThat(ask.patience()).isEqualTo(Duration.ofSeconds(30));
    assertThat(ask.item()).isEmpty();
    assertThat(ask.staff()).isEmpty();
    assertThat(Codec.parameters(CaptureDocument.TYPE, json("{}")).format())
        .isEqualTo(CaptureDocument.Format.JPEG);
    PrintTicket ticket =
        Codec.parameters(PrintTicket.TYPE, json("{'lines':[{'text':'a'},{'qr':'b'}]}"));
    assertThat(ticket.cut()).isEqualTo(PrintTicket.Cut.PARTIAL);
    assertThat(ticket.lines()).extracting(TicketLine::align).containsOnly(TicketLine.Align.LEFT);
    assertThat(ticket.lines()).extracting(TicketLine::sizeOrDefault).containsExactly(1, 6);
    assertThat(ticket.lines()).extracting(TicketLine::bold).containsOnly(false);
  }

  @Test
  void keepTheirRanges() {
    assertThat(new ReadIdCard(Duration.ZERO).patience()).isZero();
    assertThat(new ReadIdCard(Duration.ofMinutes(15)).patience()).hasMinutes(15);
    assertThat(TicketLine.text("a".repeat(1000)).text()).isPresent();
    assertThat(TicketLine.qr("字".repeat(233)).align()).isEqualTo(TicketLine.Align.CENTER);
    for (Runnable wrong :
        List.<Runnable>of(
            () -> TicketLine.text("a".repeat(1001)),
            () -> TicketLine.qr("字".repeat(234)),
            () -> TicketLine.qr(""),
            () -> new PreviewDocument(0, 640, Duration.ofSeconds(1)),
            () -> new PreviewDocument(11, 640, Duration.ofSeconds(1)),
            () -> new PreviewDocument(2, 159, Duration.ofSeconds(1)),
            () -> new PreviewDocument(2, 1281, Duration.ofSeconds(1)),
            () -> new PreviewDocument(2, 640, Duration.ofMillis(999)),
            () -> new PreviewDocument(2, 640, Duration.ofSeconds(901)),
            () -> new PreviewedDocument(-1, OpenEnum.of(PreviewedDocument.End.YIELDED)),
            () -> TicketLine.text("a", TicketLine.Align.LEFT, 0),
            () -> new PrintTicket(List.of(), PrintTicket.Cut.NONE),
            () -> new ReadCode(Duration.ofMillis(-1)),
            () -> new Barcode(Barcode.Symbology.CODE_128, "号"),
            () -> new Barcode(Barcode.Symbology.CODE_128, "a".repeat(81)),
            () -> new Barcode(Barcode.Symbology.CODE_39, "a"),
            () -> new Barcode(Barcode.Symbology.EAN_13, "69012345678"),
            () -> new Barcode(Barcode.Symbology.EAN_13, "6901234567891"),
            () -> oneOfAll(Optional.of("a"), Optional.of(1), Optional.empty()),
            () -> oneOfAll(Optional.empty(), Optional.of(7), Optional.of("A1")),
            () -> oneOfAll(Optional.empty(), Optional.of(1), Optional.of("A1")),
            () -> new ReadSocialCard(Duration.ofMinutes(16)),
            () -> CapturedDocument.picture(Content.of("image/png", new byte[1]), 0, 1))) {
      assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(
            new PrintTicket(
                    java.util.Collections.nCopies(200, TicketLine.text("a")), PrintTicket.Cut.NONE)
                .lines())
        .hasSize(200);
    assertThatThrownBy(
            () ->
                new PrintTicket(
                    java.util.Collections.nCopies(201, TicketLine.text("a")), PrintTicket.Cut.NONE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void readPagesInAnyOrder() throws Exception {
    String document = "{'content':{'contentType':'text/plain','base64':'AQI='}";
    PrintDocument plain = Codec.parameters(PrintDocument.TYPE, json(document + "}"));
    assertThat(plain.copiesOrOne()).isEqualTo(1);
    assertThat(plain.duplex()).isEqualTo(PrintDocument.Duplex.ONE_SIDED);
    assertThat(plain.pageRanges()).isEmpty();
    assertThat(Codec.tree(plain).toString()).isEqualTo(json(document + "}").toString());
    String whole =
        ",'copies':99,'duplex':'SHORT_EDGE','media':'iso_a4_210x297mm','pages':'5,1-3,2-4,9',"
            + "'color':'GRAY'}";
    PrintDocument asked = Codec.parameters(PrintDocument.TYPE, json(document + whole));
    assertThat(asked.pageRanges()).containsExactly(new PageRange(1, 5), new PageRange(9, 9));
    assertThat(asked.pageRanges()).hasToString("[1-5, 9]");
    assertThat(Codec.tree(asked).toString()).isEqualTo(json(document + whole).toString());
    for (String wrong :
        List.of(
            "'copies':100",
            "'copies':-1",
            "'pages':'3-1'",
            "'pages':'0'",
            "'pages':'1,'",
            "'pages':''",
            "'media':'A4 '",
            "'color':'RED'")) {
      assertThatThrownBy(
              () -> Codec.parameters(PrintDocument.TYPE, json(document + "," + wrong + "}")))
          .as(wrong)
          .isInstanceOf(InvalidMessageException.class);
    }
  }

  /** A line that may have a text, or a bar code, or both, and always a picture if neither. */
  private static TicketLine oneOfAll(
      Optional<String> text, Optional<Integer> size, Optional<String> code) {
    return new TicketLine(
        text,
        Optional.empty(),
        code.map(says -> new Barcode(Barcode.Symbology.CODE_39, says)),
        code.isPresent() ? Optional.empty() : Optional.of(Content.of("image/png", new byte[] {1})),
        TicketLine.Align.LEFT,
        size,
        false);
  }

  private static IdCard specimen() {
    return new IdCard(
        OpenEnum.of(IdCard.Type.RESIDENT),
        Optional.of("证件样本"),
        Optional.of("YANG BEN"),
        Optional.of(OpenEnum.of(IdCard.Sex.FEMALE)),
        Optional.of(new IdCard.Nation("01", Optional.of("汉"))),
        Optional.of(LocalDate.of(1949, 12, 31)),
        Optional.of("北京市东城区样本胡同"),
        Optional.of("11010519491231002X"),
        Optional.of(true),
        Optional.of("样本公安局"),
        Optional.of(LocalDate.of(2006, 1, 2)),
        Optional.of(IdCard.LONG_TERM),
        Optional.of("M1234567"),
        Optional.of("01"),
        Optional.of("CHN"),
        Optional.empty(),
        Optional.empty(),
        Optional.of("北京市西城区样本胡同"));
  }

  private static SocialCard socialCard() {
    return new SocialCard(
        Optional.of("310000D15600000100000000000A1B2C"),
        Optional.of("1"),
        Optional.of("2.00"),
        Optional.of("91310000000000000000000"),
        Optional.of("2012-05-06"),
        Optional.of("00000000"),
        Optional.of("A12345678"),
        Optional.of("11010519491231002X"),
        Optional.of("证件样本"),
        Optional.of(OpenEnum.of(IdCard.Sex.FEMALE)),
        Optional.of(new IdCard.Nation("01", Optional.empty())),
        Optional.of("110105"),
        Optional.of("1949-12-31"));
  }

  @Test
  void mapWholeResultsOfCardsAndCodes() throws Exception {
    sameResult(
        new ScannedCode("码 1", Optional.of("QR_CODE"), Optional.of("GBK")),
        "{'text':'码 1','symbology':'QR_CODE','charset':'GBK'}");
    sameResult(new ScannedCode("1", Optional.empty(), Optional.empty()), "{'text':'1'}");
    sameResult(
        socialCard(),
        "{'cardId':'310000D15600000100000000000A1B2C','cardClass':'1','version':'2.00',"
            + "'issuer':'91310000000000000000000','issued':'2012-05-06','validUntil':'00000000',"
            + "'cardNumber':'A12345678','number':'11010519491231002X','name':'证件样本',"
            + "'sex':'FEMALE','nation':{'code':'01'},'birthplace':'110105',"
            + "'birthDate':'1949-12-31'}");
    assertThat(Codec.read(SocialCard.class, json("{'sex':'7'}")).sex().orElseThrow().text())
        .isEqualTo("7");
    assertThat(socialCard()).hasToString("SocialCard[2.00]");
    assertThat(new ScannedCode("11010519491231002X", Optional.empty(), Optional.empty()))
        .hasToString("ScannedCode[?]");
  }

  @Test
  void mapWholeResults() throws Exception {
    sameResult(
        specimen(),
        "{'type':'RESIDENT','name':'证件样本','englishName':'YANG BEN','sex':'FEMALE',"
            + "'nation':{'code':'01','name':'汉'},'birthDate':'1949-12-31','address':'北京市东城区样本胡同',"
            + "'number':'11010519491231002X','numberValid':true,'issuer':'样本公安局',"
            + "'validFrom':'2006-01-02','validUntil':'LONG_TERM','passNumber':'M1234567',"
            + "'timesIssued':'01','nationality':'CHN','newestAddress':'北京市西城区样本胡同'}");
    sameResult(Printed.of(Printed.State.SPOOLED), "{'state':'SPOOLED'}");
    sameResult(
        new Printed(OpenEnum.of(Printed.State.PRINTED), Optional.of(3)),
        "{'state':'PRINTED','pages':3}");
    sameResult(
        Evaluation.given(EvaluationLevel.FAIRLY_SATISFIED),
        "{'answer':'GIVEN','level':'FAIRLY_SATISFIED'}");
    sameResult(
        new PreviewedDocument(41, OpenEnum.of(PreviewedDocument.End.YIELDED)),
        "{'pictures':41,'ended':'YIELDED'}");
    sameResult(Evaluation.none(Evaluation.Answer.TIMED_OUT), "{'answer':'TIMED_OUT'}");
    Instant asked = Instant.parse("2026-03-02T01:30:00Z");
    sameResult(
        Evaluation.given(
                EvaluationLevel.DISSATISFIED,
                Optional.of(List.of("207", "214")),
                Optional.of("等了很久"))
            .at(asked, asked.plusSeconds(9), Evaluation.Channel.COUNTER_PAD),
        "{'answer':'GIVEN','level':'DISSATISFIED','reasons':['207','214'],'comment':'等了很久',"
            + "'asked':'2026-03-02T01:30:00Z','answered':'2026-03-02T01:30:09Z','channel':'COUNTER_PAD'}");
    sameResult(
        Evaluation.none(Evaluation.Answer.TIMED_OUT)
            .at(asked, asked.plusSeconds(9), Evaluation.Channel.OTHER_TERMINAL),
        "{'answer':'TIMED_OUT','asked':'2026-03-02T01:30:00Z','channel':'OTHER_TERMINAL'}");
    CapturedDocument captured =
        Codec.read(
            CapturedDocument.class,
            json("{'content':{'contentType':'image/jpeg','base64':'AQI='},'width':3,'height':4}"));
    assertThat(captured.width()).isEqualTo(3);
    assertThat(captured.height()).isEqualTo(4);
    assertThat(((Content.Data) captured.content()).bytes()).containsExactly(1, 2);
  }

  @Test
  void readResultsOfTomorrow() throws Exception {
    IdCard card = Codec.read(IdCard.class, json("{'type':'MARTIAN','sex':'OTHER','antennas':2}"));
    assertThat(card.type().as(IdCard.Type.class)).isEmpty();
    assertThat(card.sex().orElseThrow().text()).isEqualTo("OTHER");
    assertThat(Codec.tree(card)).isEqualTo(json("{'type':'MARTIAN','sex':'OTHER'}"));
    for (Class<?> form : List.of(IdCard.class, Printed.class, Evaluation.class)) {
      assertThatThrownBy(() -> Codec.read(form, json("{}")))
          .isInstanceOf(InvalidMessageException.class)
          .hasMessageContaining("missing");
    }
    assertThatThrownBy(() -> Codec.read(Evaluation.class, json("{'answer':'GIVEN'}")))
        .isInstanceOf(InvalidMessageException.class);
    assertThatThrownBy(
            () -> Codec.read(Evaluation.class, json("{'answer':'DECLINED','level':'SATISFIED'}")))
        .isInstanceOf(InvalidMessageException.class);
  }

  @Test
  void printNothingPersonal() {
    byte[] photo = "photo-bytes".getBytes(StandardCharsets.UTF_8);
    CapturedDocument document = CapturedDocument.picture(Content.of("image/jpeg", photo), 1, 1);
    Command command =
        Command.of(
            "a1",
            AskEvaluation.plain(Optional.of("证件样本"), Optional.empty(), Duration.ZERO),
            Duration.ofSeconds(1));
    assertThat(specimen()).hasToString("IdCard[RESIDENT]");
    assertThat(document.toString()).doesNotContain("photo");
    assertThat(command).hasToString("Command[a1 evaluation.ask PT1S]");
    PrintTicket ticket =
        new PrintTicket(
            List.of(
                TicketLine.text("证件样本"),
                TicketLine.qr("11010519491231002X"),
                TicketLine.barcode(new Barcode(Barcode.Symbology.CODE_39, "11010519491231002X"))),
            PrintTicket.Cut.FULL);
    assertThat(ticket.toString()).doesNotContain("证件样本", "11010519491231002X");
    assertThat(
            AskEvaluation.plain(Optional.of("证件样本"), Optional.of("张三"), Duration.ZERO).toString())
        .doesNotContain("证件样本", "张三");
    assertThat(PrintDocument.plain(Content.of("text/plain", photo)))
        .hasToString("PrintDocument[text/plain, 11 bytes]");
    assertThat(Evaluation.given(EvaluationLevel.DISSATISFIED, Optional.empty(), Optional.of("张三说")))
        .hasToString("Evaluation[GIVEN DISSATISFIED]");
  }

  @ParameterizedTest
  @CsvSource({
    "VERY_SATISFIED, 5, 1",
    "SATISFIED, 4, 2",
    "FAIRLY_SATISFIED, 3, 3",
    "DISSATISFIED, 2, 4",
    "VERY_DISSATISFIED, 1, 5"
  })
  void levelsHaveTwoNumberings(EvaluationLevel level, int satisfaction, int gbT39046) {
    assertThat(level.satisfaction()).isEqualTo(satisfaction);
    assertThat(level.gbT39046()).isEqualTo(gbT39046);
    assertThat(EvaluationLevel.ofSatisfaction(satisfaction)).contains(level);
    assertThat(EvaluationLevel.ofGbT39046(gbT39046)).contains(level);
    assertThat(EvaluationReason.of(level))
        .hasSize(8)
        .allSatisfy(
            reason -> {
              assertThat(reason.code()).startsWith(Integer.toString(satisfaction)).hasSize(3);
              assertThat(reason.text(Locale.CHINESE)).isNotBlank();
              assertThat(reason.text(Locale.ENGLISH)).matches("[ -~]+");
            });
  }

  @Test
  void otherNumbersAreNoLevels() {
    for (int number : new int[] {-1, 0, 6, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      assertThat(EvaluationLevel.ofSatisfaction(number)).isEmpty();
      assertThat(EvaluationLevel.ofGbT39046(number)).isEmpty();
    }
  }
}
