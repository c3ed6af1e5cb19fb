package dev.doorstep.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import dev.doorstep.protocol.operation.ReadIdCard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CommandCodecTest {
  /** Stands for personal data: no text of an exception may hold it. */
  private static final String SECRET = "张三11010519491231002X";

  private static byte[] utf8(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static InvalidMessageException refused(String json) {
    InvalidMessageException e =
        catchThrowableOfType(
            InvalidMessageException.class, () -> Codec.command(utf8(json.replace('\'', '"'))));
    assertThat(e).as(json.length() < 200 ? json : "the command").isNotNull();
    assertThat(e.getMessage()).doesNotContain("张三", "11010519491231002X", "Exception", "jackson");
    assertThat(e.getCause()).isNull();
    return e;
  }

  private static <P extends Operation<R>, R> InvalidMessageException refused(
      OperationType<P, R> type, String json) {
    ObjectNode tree = (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"'));
    InvalidMessageException e =
        catchThrowableOfType(InvalidMessageException.class, () -> Codec.parameters(type, tree));
    assertThat(e).as(json).isNotNull();
    assertThat(e.getMessage()).doesNotContain("张三", "11010519491231002X", "Exception", "jackson");
    return e;
  }

  @Test
  void readsAWholeCommand() throws Exception {
    Command command =
        Codec.command(
            utf8(
                "{\"id\":\"01JD-x_9\",\"operation\":\"id-card.read\",\"parameters\":{\"wait\":\"PT20S\"},"
                    + "\"timeout\":\"PT30S\",\"updates\":true,\"case\":\"2026-0042\"}"));

    assertThat(command.id()).isEqualTo("01JD-x_9");
    assertThat(command.operation()).isEqualTo("id-card.read");
    assertThat(Codec.parameters(ReadIdCard.TYPE, command.parameters()))
        .isEqualTo(new ReadIdCard(Duration.ofSeconds(20)));
    assertThat(command.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(command.updates()).isTrue();
    assertThat(command.caseNumber()).contains("2026-0042");
    assertThat(Codec.command(Codec.write(command))).isEqualTo(command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':'a','operation':'o'}",
        "{'id':'a','operation':'o','parameters':null,'timeout':null,'updates':null,'case':null}"
      })
  void fillsInWhatIsAbsentOrNull(String json) throws Exception {
    Command command = Codec.command(utf8(json.replace('\'', '"')));

    assertThat(command.parameters()).isEmpty();
    assertThat(command.timeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(command.updates()).isFalse();
    assertThat(command.caseNumber()).isEmpty();
    assertThat(new String(Codec.write(command), StandardCharsets.UTF_8)).doesNotContain("case");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'operation':'o'} | id is missing",
        "{'id':null,'operation':'o'} | id is missing",
        "{'id':'a'} | operation is missing",
        "{'id':'a/b','operation':'o'} | id must be 1 to 64",
        "{'id':'','operation':'o'} | id must be 1 to 64",
        "{'id':'a','operation':'o','timeout':'PT0S'} | timeout must be above PT0S",
        "{'id':'a','operation':'o','timeout':'PT-1S'} | timeout must be above PT0S",
        "{'id':'a','operation':'o','timeout':'PT15M0.001S'} | timeout must be above PT0S",
        "{'id':'a','operation':'o','timeout':'30 s 张三'} | timeout: must be a duration",
        "{'id':'a','operation':'o','timeout':30} | timeout: must be a duration",
        "{'id':'a','operation':'o','timeout':''} | timeout: must be a duration",
        "{'id':17,'operation':'o'} | id: must be a text",
        "{'id':'a','operation':true} | operation: must be a text",
        "{'id':'a','operation':'o','updates':'true'} | updates: must be true or false",
        "{'id':'a','operation':'o','updates':1} | updates: must be true or false",
        "{'id':'a','operation':'o','parameters':'张三'} | parameters: must be an object",
        "{'id':'a','operation':'o','parameters':[]} | parameters: must be an object",
        "{'id':'a','operation':'o','case':{'name':'张三'}} | case: must be a text",
        "{'id':'a','operation':'o','x':'张三'} | x: unknown member",
        "{'id':'a','operation':'o','x y\\n/':1} | x?y??: unknown member",
        "{'id':'a','id':'b','operation':'o'} | no JSON at line 1",
        "{'id':'a','operation':'o'} 张三 | no JSON at line 1",
        "{'id':'a','operation':'o'}{} | ~~",
        "{'id':'a','operation':张三} | no JSON at line 1",
        "{'id':'a' | no JSON at line 1",
        "['a'] | must be an object",
        "'张三' | must be an object",
        "17 | must be an object",
        "null | must be an object",
        "~~ | ~~",
      })
  void refusesWhatIsNoCommand(String json, String text) {
    assertThat(refused(json == null ? "" : json)).hasMessageContaining(text == null ? "" : text);
  }

  @Test
  void boundsNestingAndLengths() {
    String deep = "{'id':'a','operation':'o','parameters':{'x':" + "[".repeat(1000);
    assertThat(refused(deep)).hasMessage("no JSON within the limits");
    assertThat(refused("[".repeat(1_000_000))).isNotNull();
    assertThat(refused("{'id':'" + "a".repeat(300 * 1024) + "','operation':'o'}"))
        .hasMessageContaining("id must be");
    assertThat(refused("{'" + "a".repeat(1000) + "':1}")).isNotNull();
    assertThat(refused("{'id':" + "1".repeat(1000) + "}")).isNotNull();
    assertThat(refused("{'id':'a','operation':'o','case':'" + SECRET.repeat(10) + "'}"))
        .hasMessageContaining("case must be at most 64");
  }

  @Test
  void survivesEveryCutAndEveryFlippedByte() throws Exception {
    byte[] json = utf8("{\"id\":\"a\",\"operation\":\"o\",\"case\":\"张三\",\"timeout\":\"PT5S\"}");
    for (int cut = 0; cut < json.length; cut++) {
      byte[] part = java.util.Arrays.copyOf(json, cut);
      assertThat(catchThrowableOfType(InvalidMessageException.class, () -> Codec.command(part)))
          .as("cut at " + cut)
          .isNotNull();
      Codec.idOf(part);
    }
    for (int at = 0; at < json.length; at++) {
      byte[] flipped = json.clone();
      flipped[at] ^= (byte) 0xA5;
      try {
        Codec.command(flipped);
      } catch (InvalidMessageException e) {
        assertThat(e.getMessage()).doesNotContain("张三");
      }
      Codec.idOf(flipped);
    }
  }

  @Test
  void leavesNullsWithinParametersToTheOperation() throws Exception {
    Command command =
        Codec.command(
            utf8("{\"id\":\"a\",\"operation\":\"o\",\"parameters\":{\"x\":[null],\"y\":null}}"));

    assertThat(command.parameters()).hasToString("{\"x\":[null],\"y\":null}");
  }

  @Test
  void namesThePathOfAnUnknownMember() {
    InvalidMessageException e =
        refused(
            PrintTicket.TYPE, "{'lines':[{'text':'a'},{'text':'b'},{'text':'c','dupelx':true}]}");

    assertThat(e.path()).isEqualTo("parameters.lines[2].dupelx");
    assertThat(e).hasMessage("parameters.lines[2].dupelx: unknown member");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'lines':[{'text':'张三','align':'MIDDLE张三'}]} | parameters.lines[0].align | [LEFT, CENTER, RIGHT]",
        "{'lines':[{'text':'张三','align':1}]} | parameters.lines[0].align | must be",
        "{'lines':[{'text':5}]} | parameters.lines[0].text | must be a text",
        "{'lines':[{'text':'a','size':'2'}]} | parameters.lines[0].size | must be a whole number",
        "{'lines':[{'text':'a','size':1.5}]} | parameters.lines[0].size | must be a whole number",
        "{'lines':[{'text':'a','size':9}]} | parameters.lines[0] | size must be 1 to 8",
        "{'lines':[{'text':'a','bold':'yes张三'}]} | parameters.lines[0].bold | must be true or false",
        "{'lines':[{'text':'张三','qr':'张三'}]} | parameters.lines[0] | one of text, qr, barcode and image",
        "{'lines':[{}]} | parameters.lines[0] | one of text, qr, barcode and image",
        "{'lines':[null]} | parameters.lines[0] | must not be null",
        "{'lines':[{'text':'a'},null]} | parameters.lines[1] | must not be null",
        "{'lines':[{'text':'a','size':99999999999}]} | parameters.lines[0].size | must be a whole number",
        "{'lines':[{'text':'a','size':9e99999999}]} | parameters.lines[0].size | must be a whole number",
        "{'lines':[{'text':'a'}],'cut':' FULL '} | parameters.cut | [PARTIAL, FULL, NONE]",
        "{'lines':[{'text':'a'}],'cut':'FULL\t'} | parameters.cut | [PARTIAL, FULL, NONE]",
        "{'lines':[{'text':'a'}],'cut':'full'} | parameters.cut | [PARTIAL, FULL, NONE]",
        "{'lines':[{'text':'a'}],'cut':''} | parameters.cut | [PARTIAL, FULL, NONE]",
        "{'lines':[{'text':'a','align':' LEFT'}]} | parameters.lines[0].align | [LEFT, CENTER, RIGHT]",
        "{'lines':[{'text':'a\tb'}]} | parameters.lines[0] | control characters",
        "{'lines':'张三'} | parameters.lines | must be a list",
        "{'lines':{}} | parameters.lines | must be a list",
        "{'lines':[]} | parameters | lines must be 1 to 200",
        "{} | parameters | lines must be 1 to 200",
        "{'lines':[{'text':'a'}],'cut':'HALF'} | parameters.cut | [PARTIAL, FULL, NONE]",
      })
  void refusesWhatIsNoTicket(String json, String path, String text) {
    InvalidMessageException e = refused(PrintTicket.TYPE, json.replace("\t", "\\t"));

    assertThat(e.path()).isEqualTo(path);
    assertThat(e).hasMessageContaining(text);
  }

  /** Parameters as a driver may declare them, whose constructor is not careful. */
  record Careless(String number, int count) implements Operation<Careless> {
    static final OperationType<Careless, Careless> TYPE =
        new OperationType<>("x-test.careless", Careless.class, Careless.class);

    Careless {
      int length = number.length();
      if (length > 3) {
        count += Integer.parseInt(number);
      }
    }

    @Override
    public OperationType<Careless, Careless> type() {
      return TYPE;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | parameters: a member is missing or null",
        "{'number':null} | parameters: a member is missing or null",
        "{'number':'张三11010519491231002X'} | parameters: does not fit",
        "{'number':'1','count':99999999999} | parameters.count: must be a whole number",
        "{'number':'1','count':-99999999999999999999} | parameters.count: must be a whole number",
      })
  void tellsNothingOfTheMachineBeneath(String json, String message) {
    assertThat(refused(Careless.TYPE, json)).hasMessage(message);
  }

  @Test
  void tellsThePathOfANumberThatIsTooLargeAlsoInAMessage() {
    InvalidMessageException e =
        catchThrowableOfType(
            InvalidMessageException.class,
            () ->
                Codec.read(Reply.class, utf8("{\"state\":\"accepted\",\"position\":99999999999}")));

    assertThat(e).hasMessage("position: must be a whole number");
  }

  @Test
  void refusesOtherWrongParameters() {
    assertThat(refused(ReadIdCard.TYPE, "{'wait':'PT-1S'}")).hasMessageContaining("PT0S to PT15M");
    assertThat(refused(ReadIdCard.TYPE, "{'wait':'PT16M'}")).hasMessageContaining("PT0S to PT15M");
    assertThat(refused(ReadIdCard.TYPE, "{'patience':'PT1S'}").path())
        .isEqualTo("parameters.patience");
    assertThat(refused(CaptureDocument.TYPE, "{'format':'TIFF'}")).hasMessageContaining("[JPEG, ");
    assertThat(refused(AskEvaluation.TYPE, "{'item':'" + SECRET.repeat(10) + "'}"))
        .hasMessageContaining("item must be at most 100");
    assertThat(refused(ReadDeviceStatus.TYPE, "{'x':1}").path()).isEqualTo("parameters.x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'id':'a/b','x':[ | a/b",
        "{'x':{'id':'no'},'id':'yes' | yes",
        "{'id':17,'id':'b'} | ",
        "{'x':[1 | ",
        "['id','a'] | ",
        "nothing | ",
      })
  void findsTheIdOfWhatIsNoCommand(String json, String id) {
    assertThat(Codec.idOf(utf8(json.replace('\'', '"'))).orElse(null)).isEqualTo(id);
  }

  @Test
  void findsNoIdAbove64Characters() {
    assertThat(Codec.idOf(utf8("{\"id\":\"" + "a".repeat(65) + "\"}"))).isEmpty();
    assertThat(Codec.idOf(utf8("{\"id\":\"" + "a".repeat(64) + "\"}"))).isPresent();
  }
}
