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
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class OperationsTest {
  private static ObjectNode json(String text) {
    return (ObjectNode) JsonMapper.shared().readTree(text.replace('\'', '"'));
  }

  private static <P extends Operation<R>, R> void same(
      OperationType<P, R> type, P parameters, String text) throws InvalidMessageException {
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
        new AskEvaluation(Optional.of("户籍"), Optional.of("9527"), Duration.ofMinutes(1)),
        "{'item':'户籍','staff':'9527','wait':'PT1M'}");
    same(
        CaptureDocument.TYPE,
        new CaptureDocument(CaptureDocument.Format.JPEG),
        "{'format':'JPEG'}");
    same(ReadDeviceStatus.TYPE, new ReadDeviceStatus(), "{}");
    same(
        PrintTicket.TYPE,
        new PrintTicket(
            List.of(
                new TicketLine(
                    Optional.of("您好"),
                    Optional.empty(),
                    TicketLine.Align.CENTER,
                    Optional.of(2),
                    true),
                new TicketLine(
                    Optional.empty(),
                    Optional.of("https://example.org"),
                    TicketLine.Align.RIGHT,
                    Optional.of(16),
                    false)),
            PrintTicket.Cut.FULL),
        "{'lines':[{'text':'您好','align':'CENTER','size':2,'bold':true},"
            + "{'qr':'https://example.org','align':'RIGHT','size':16,'bold':false}],'cut':'FULL'}");
  }

  @Test
  void fillInWhatIsAbsent() throws Exception {
    assertThat(Codec.parameters(ReadIdCard.TYPE, json("{}")).patience())
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
            () -> TicketLine.text("a", TicketLine.Align.LEFT, 0),
            () -> new PrintTicket(List.of(), PrintTicket.Cut.NONE),
            () -> new CapturedDocument(Content.of("image/png", new byte[1]), 0, 1))) {
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

  @Test
  void mapWholeResults() throws Exception {
    sameResult(
        specimen(),
        "{'type':'RESIDENT','name':'证件样本','englishName':'YANG BEN','sex':'FEMALE',"
            + "'nation':{'code':'01','name':'汉'},'birthDate':'1949-12-31','address':'北京市东城区样本胡同',"
            + "'number':'11010519491231002X','numberValid':true,'issuer':'样本公安局',"
            + "'validFrom':'2006-01-02','validUntil':'LONG_TERM','passNumber':'M1234567',"
            + "'timesIssued':'01','nationality':'CHN','newestAddress':'北京市西城区样本胡同'}");
    sameResult(new Printed(OpenEnum.of(Printed.State.SPOOLED)), "{'state':'SPOOLED'}");
    sameResult(
        Evaluation.given(EvaluationLevel.FAIRLY_SATISFIED),
        "{'answer':'GIVEN','level':'FAIRLY_SATISFIED'}");
    sameResult(Evaluation.none(Evaluation.Answer.TIMED_OUT), "{'answer':'TIMED_OUT'}");
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
    CapturedDocument document = new CapturedDocument(Content.of("image/jpeg", photo), 1, 1);
    Command command =
        Command.of(
            "a1",
            new AskEvaluation(Optional.of("证件样本"), Optional.empty(), Duration.ZERO),
            Duration.ofSeconds(1));
    assertThat(specimen()).hasToString("IdCard[RESIDENT]");
    assertThat(document.toString()).doesNotContain("photo");
    assertThat(command).hasToString("Command[a1 evaluation.ask PT1S]");
    PrintTicket ticket =
        new PrintTicket(
            List.of(TicketLine.text("证件样本"), TicketLine.qr("11010519491231002X")),
            PrintTicket.Cut.FULL);
    assertThat(ticket.toString()).doesNotContain("证件样本", "11010519491231002X");
    assertThat(new AskEvaluation(Optional.of("证件样本"), Optional.of("张三"), Duration.ZERO).toString())
        .doesNotContain("证件样本", "张三");
    assertThat(Evaluation.given(EvaluationLevel.DISSATISFIED).toString()).isNotBlank();
  }
}
