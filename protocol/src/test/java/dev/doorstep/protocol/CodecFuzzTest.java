package dev.doorstep.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.CancelCommand;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.ConfirmOnScreen;
import dev.doorstep.protocol.operation.CountReceived;
import dev.doorstep.protocol.operation.DescribeAgent;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.protocol.operation.ReleaseBlob;
import dev.doorstep.protocol.operation.ResendPieces;
import dev.doorstep.protocol.operation.ShowOnScreen;
import dev.doorstep.protocol.operation.SignOnScreen;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a peer sends is read, or refused in the contract's words; what was read can be sent. */
class CodecFuzzTest {
  private static final List<OperationType<?, ?>> OPERATIONS =
      List.of(
          AskEvaluation.TYPE,
          CancelCommand.TYPE,
          CaptureDocument.TYPE,
          CountReceived.TYPE,
          DescribeAgent.TYPE,
          PrintTicket.TYPE,
          ReadDeviceStatus.TYPE,
          ReadIdCard.TYPE,
          ReleaseBlob.TYPE,
          ResendPieces.TYPE,
          ShowOnScreen.TYPE,
          ConfirmOnScreen.TYPE,
          SignOnScreen.TYPE);

  private static final List<Class<?>> DOCUMENTS =
      List.of(PointStatus.class, PointAbout.class, DeviceStatus.class, DeviceEvent.class);

  /** The longest path that 32 members of 64 characters make, and the words after it. */
  private static final int LONGEST_REFUSAL = 32 * 66 + 256;

  @MethodSource("commands")
  @FuzzTest
  void command(byte[] json) {
    try {
      Command command = Codec.command(json);

      assertThat(again(command)).isEqualTo(command);
      assertThat(Codec.idOf(json)).contains(command.id());
    } catch (InvalidMessageException e) {
      assertThat(e.getMessage()).hasSizeLessThan(LONGEST_REFUSAL);
    }
  }

  @MethodSource("commands")
  @FuzzTest
  void id(byte[] json) {
    Codec.idOf(json).ifPresent(id -> assertThat(id).hasSizeLessThanOrEqualTo(64));
  }

  /** The first byte chooses the operation. */
  @MethodSource("everyParameters")
  @FuzzTest
  void parameters(byte[] bytes) {
    if (bytes.length > 0) {
      OperationType<?, ?> type = chosen(OPERATIONS, bytes[0]);
      byte[] json = Arrays.copyOfRange(bytes, 1, bytes.length);
      try {
        parametersOf(type, Codec.read(ObjectNode.class, json));
      } catch (InvalidMessageException e) {
        assertThat(e.getMessage()).hasSizeLessThan(LONGEST_REFUSAL);
      }
    }
  }

  @MethodSource("replies")
  @FuzzTest
  void reply(byte[] json) {
    readsAndWrites(Reply.class, json);
  }

  /** The first byte chooses the operation. */
  @MethodSource("results")
  @FuzzTest
  void result(byte[] bytes) {
    if (bytes.length > 0) {
      OperationType<?, ?> type = chosen(OPERATIONS, bytes[0]);
      readsAndWrites(type.result(), Arrays.copyOfRange(bytes, 1, bytes.length));
    }
  }

  /** The first byte chooses the document. */
  @MethodSource("documents")
  @FuzzTest
  void retained(byte[] bytes) {
    if (bytes.length > 0) {
      Class<?> form = chosen(DOCUMENTS, bytes[0]);
      readsAndWrites(form, Arrays.copyOfRange(bytes, 1, bytes.length));
    }
  }

  @MethodSource("contents")
  @FuzzTest
  void content(byte[] json) {
    try {
      Content content = Codec.read(Content.class, json);

      byte[] written = Codec.write(content);
      assertThat(Codec.write(Codec.read(Content.class, written))).isEqualTo(written);
      assertThat(content.size()).isNotNegative();
    } catch (InvalidMessageException e) {
      assertThat(e.getMessage()).hasSizeLessThan(LONGEST_REFUSAL);
    }
  }

  static Stream<byte[]> commands() {
    return seeds(
        "{'id':'01JD','operation':'id-card.read','parameters':{'wait':'PT20S'},'timeout':'PT30S'}",
        "{'id':'a','operation':'ticket.print','updates':true,'case':'2026-0042','parameters':{}}",
        "{'parameters':{'id':'b'},'id':'" + "x".repeat(65) + "'}");
  }

  static Stream<byte[]> everyParameters() {
    return seeds(
        "0{'item':'\u6237\u7c4d','staff':'9527','wait':'PT1M'}",
        "1{'id':'01JD'}",
        "2{'format':'JPEG'}",
        "3{'blob':'b1'}",
        "4{}",
        "5{'lines':[{'text':'x','align':'CENTER','size':2,'bold':true},{'qr':'y'}],'cut':'FULL'}",
        "7{'wait':'PT5S'}",
        "9{'blob':'b1','pieces':[0,2,3]}");
  }

  static Stream<byte[]> replies() {
    return seeds(
        "{'id':'01JD','state':'accepted','position':0}",
        "{'id':'01JD','state':'running','note':'waiting for a card'}",
        "{'id':'a','state':'succeeded','result':{'a':[1,null]},"
            + "'times':{'queued':'PT0.002S','device':'PT1.4S'}}",
        "{'state':'failed','error':{'code':'NO_CARD','kind':'DEVICE','retryable':true,"
            + "'recovery':'place the card on the reader','detail':'SW3 80'}}");
  }

  static Stream<byte[]> results() {
    return seeds(
        "0{'answer':'GIVEN','level':'SATISFIED'}",
        "2{'document':{'contentType':'image/jpeg','base64':'AAEC'}}",
        "5{'state':'SPOOLED'}",
        "6{'state':'READY','since':'2026-01-01T00:00:00Z','kind':'printer','driver':'d'}",
        "7{'type':'RESIDENT','name':'x','sex':'MALE','birthDate':'1949-12-31','validUntil':'LONG_TERM'"
            + ",'photo':{'contentType':'application/x-wlt','base64':'AAEC'}}");
  }

  static Stream<byte[]> documents() {
    return seeds(
        "0{'state':'online','session':'k7Qm'}",
        "1{'name':'n','area':'310106','location':[121.458,31.232],'record':'OPEN',"
            + "'since':'2026-01-01T00:00:00Z','version':'1.0.0','session':'s','devices':['reader']}",
        "2{'state':'READY','since':'2026-01-01T00:00:00Z','kind':'k','driver':'d','model':'m',"
            + "'cause':null,'supplies':[{'name':'paper','level':'LOW'}],"
            + "'operations':{'id-card.read':{'schema':'sha256:00','limits':{}}},'session':'s'}",
        "3{'id':'e','event':'card.placed','time':'2026-01-01T00:00:00Z','session':'s',"
            + "'sequence':17,'case':null,'data':{}}");
  }

  static Stream<byte[]> contents() {
    return seeds(
        "{'contentType':'image/jpeg','base64':'AAEC'}",
        "{'contentType':'image/jpeg','blob':{'id':'b1','size':250112,'sha256':'"
            + "0a".repeat(32)
            + "','pieces':4}}");
  }

  private static Stream<byte[]> seeds(String... json) {
    return Arrays.stream(json)
        .map(text -> text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static <P extends Operation<R>, R> void parametersOf(
      OperationType<P, R> type, ObjectNode json) throws InvalidMessageException {
    P parameters = Codec.parameters(type, json);

    ObjectNode written = Codec.tree(parameters);
    assertThat(Codec.tree(Codec.parameters(type, written))).isEqualTo(written);
  }

  /** The digits choose in order. */
  private static <T> T chosen(List<T> all, byte choice) {
    return all.get(Math.floorMod(choice - '0', all.size()));
  }

  private static Command again(Command command) throws InvalidMessageException {
    return Codec.command(Codec.write(command));
  }

  /** What comes in may be read; what was read is written, read and written the same. */
  private static <T> void readsAndWrites(Class<T> form, byte[] json) {
    T read;
    try {
      read = Codec.read(form, json);
    } catch (InvalidMessageException e) {
      assertThat(e.getMessage()).hasSizeLessThan(LONGEST_REFUSAL);
      return;
    }
    byte[] written = Codec.write(read);
    try {
      assertThat(Codec.write(Codec.read(form, written))).isEqualTo(written);
    } catch (InvalidMessageException e) {
      throw new AssertionError("written, but not readable: " + e.getMessage(), e);
    }
  }
}
