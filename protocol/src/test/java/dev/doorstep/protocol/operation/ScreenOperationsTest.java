package dev.doorstep.protocol.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.OperationType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The operations of the resident's screen, as they travel. */
class ScreenOperationsTest {
  private static void refused(OperationType<?, ?> type, String text) {
    assertThatThrownBy(() -> Codec.parameters(type, OperationsTest.json(text)))
        .as(text)
        .isInstanceOf(InvalidMessageException.class);
  }

  @Test
  void mapWholeParameters() throws Exception {
    OperationsTest.same(
        ShowOnScreen.TYPE,
        ShowOnScreen.text("办理须知", "请准备身份证\n和照片"),
        "{'title':'办理须知','text':'请准备身份证\\n和照片'}");
    OperationsTest.same(
        ConfirmOnScreen.TYPE,
        ConfirmOnScreen.fields(
            "请核对", List.of(new ConfirmOnScreen.Field("姓名", "证件样本")), Duration.ofMinutes(1)),
        "{'title':'请核对','fields':[{'name':'姓名','value':'证件样本'}],'wait':'PT1M'}");
    OperationsTest.same(ClearScreen.TYPE, new ClearScreen(), "{}");
  }

  @Test
  void printNothingPersonal() {
    byte[] photo = "photo-bytes".getBytes(StandardCharsets.UTF_8);
    ConfirmOnScreen.Field field = new ConfirmOnScreen.Field("姓名", "张三");
    assertThat(field).hasToString("Field");
    assertThat(ConfirmOnScreen.fields("张三", List.of(field), Duration.ZERO))
        .hasToString("ConfirmOnScreen[wait=PT0S]");
    assertThat(ShowOnScreen.text("张三", "张三")).hasToString("ShowOnScreen[stay=PT2M]");
    assertThat(SignOnScreen.document("张三", Content.of("image/png", photo), Duration.ZERO))
        .hasToString("SignOnScreen[wait=PT0S]");
  }

  @Test
  void screenTasksHaveDefaultsAndRanges() throws Exception {
    String png = "'content':{'contentType':'image/png','base64':'AQI='}";
    assertThat(Codec.parameters(ShowOnScreen.TYPE, OperationsTest.json("{'text':'a'}")).stay())
        .isEqualTo(Duration.ofMinutes(2));
    assertThat(
            Codec.parameters(ConfirmOnScreen.TYPE, OperationsTest.json("{'text':'a'}")).patience())
        .isEqualTo(Duration.ofMinutes(2));
    assertThat(Codec.parameters(SignOnScreen.TYPE, OperationsTest.json("{" + png + "}")).patience())
        .isEqualTo(Duration.ofMinutes(3));
    ShowOnScreen some =
        Codec.parameters(ShowOnScreen.TYPE, OperationsTest.json("{" + png + ",'pages':'3,1-2'}"));
    assertThat(PageRange.of(some.pages())).containsExactly(new PageRange(1, 3));
    for (String bad :
        List.of(
            "{}",
            "{'text':'a','stay':'PT0S'}",
            "{'text':'a','stay':'PT16M'}",
            "{'text':'" + "a".repeat(2_001) + "'}",
            "{'title':'" + "a".repeat(101) + "'}",
            "{" + png + ",'pages':'1-'}")) {
      refused(ShowOnScreen.TYPE, bad);
    }
    String field = "{'name':'n','value':'v'}";
    for (String bad :
        List.of(
            "{'title':'a'}",
            "{'title':'a','fields':[]}",
            "{'fields':[{'name':'n'}]}",
            "{'fields':[{'name':'n','value':'" + "a".repeat(501) + "'}]}",
            "{'fields':[{'name':'" + "a".repeat(51) + "','value':'v'}]}",
            "{'fields':[" + (field + ",").repeat(40) + field + "]}",
            "{'text':'a','wait':'PT16M'}")) {
      refused(ConfirmOnScreen.TYPE, bad);
    }
    for (String bad :
        List.of(
            "{}", "{'title':'a'}", "{" + png + ",'pages':'1'}", "{" + png + ",'wait':'-PT1S'}")) {
      refused(SignOnScreen.TYPE, bad);
    }
  }

  @Test
  void resultsOfTheScreenSayWhatGoesWithWhat() {
    Instant time = Instant.parse("2026-01-02T03:04:05Z");
    String digest = "0".repeat(64);
    Optional<Content> picture = Optional.of(Content.of("image/png", new byte[1]));
    OpenEnum<Signature.Answer> signed = OpenEnum.of(Signature.Answer.SIGNED);
    OpenEnum<Signature.Answer> late = OpenEnum.of(Signature.Answer.TIMED_OUT);
    assertThat(new Signature(signed, digest, picture, picture, time, Optional.of(time)))
        .hasToString("Signature[SIGNED]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Signature(signed, digest, picture, Optional.empty(), time, Optional.of(time)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Signature(late, digest, picture, picture, time, Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Signature(
                    late, digest, Optional.empty(), Optional.empty(), time, Optional.of(time)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Confirmation(
                    OpenEnum.of(Confirmation.Answer.YES),
                    Optional.of("no digest"),
                    time,
                    Optional.of(time)));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Confirmation(
                    OpenEnum.of(Confirmation.Answer.NO), Optional.empty(), time, Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Shown(Optional.of(0), Optional.empty()));
  }
}
