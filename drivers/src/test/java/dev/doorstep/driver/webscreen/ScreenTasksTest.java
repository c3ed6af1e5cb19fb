package dev.doorstep.driver.webscreen;

import static dev.doorstep.driver.webscreen.Counter.call;
import static dev.doorstep.driver.webscreen.Counter.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.paper.Documents;
import dev.doorstep.driver.paper.PagePicture;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.blob.Digests;
import dev.doorstep.protocol.operation.ClearScreen;
import dev.doorstep.protocol.operation.ConfirmOnScreen;
import dev.doorstep.protocol.operation.Confirmation;
import dev.doorstep.protocol.operation.ShowOnScreen;
import dev.doorstep.protocol.operation.Shown;
import dev.doorstep.protocol.operation.SignOnScreen;
import dev.doorstep.protocol.operation.Signature;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Showing, confirming, signing and clearing, with a page that says what it is told to. */
class ScreenTasksTest {
  private static final String STROKES = "'strokes':[[0,0,5,500,600,800,90,1000],[4800,1600,120,0]]";

  private Counter counter;
  private TestPage page;

  @BeforeEach
  void open() throws Exception {
    counter = Counter.open(0);
    page = new TestPage(counter.page());
    await().until(counter::shown);
  }

  @AfterEach
  void close() {
    page.close();
    counter.close();
  }

  private static ShowOnScreen show(Content content, Duration stay) {
    return new ShowOnScreen(
        Optional.of("样本"), Optional.empty(), Optional.of(content), Optional.empty(), stay);
  }

  private static ConfirmOnScreen confirm(Duration patience) {
    return ConfirmOnScreen.fields(
        "请核对", List.of(new ConfirmOnScreen.Field("姓名", "证件样本")), patience);
  }

  private static SignOnScreen sign(Duration patience) {
    return SignOnScreen.document("申请表", pdf(1), patience);
  }

  private static Content.Data pdf(int pages) {
    return Content.of("application/pdf", Documents.pdf(pages));
  }

  private static String id(JsonNode task) {
    return task.path("id").asString();
  }

  @Test
  void showsTextAndPagesAndLeavesThemThereForAWhile() throws Exception {
    Content.Data document = pdf(2);
    Future<Shown> showing = counter.run(show(document, Duration.ofSeconds(1)), call());
    JsonNode task = page.nextTask("show");
    assertThat(task.propertyNames()).containsExactlyInAnyOrder("task", "id", "title", "pages");
    assertThat(task.path("pages")).hasSize(2);
    for (JsonNode sheet : task.path("pages")) {
      BufferedImage picture =
          ImageIO.read(new ByteArrayInputStream(page.file(sheet.path("file").asString())));
      assertThat(picture.getWidth()).isEqualTo(sheet.path("width").asInt());
      assertThat(picture.getHeight()).isEqualTo(PagePicture.LONGEST_SIDE);
    }
    assertThat(showing.isDone()).as("before the page said so").isFalse();
    page.answer(id(task), "'answer':'SHOWN'");
    assertThat(showing.get())
        .isEqualTo(new Shown(Optional.of(2), Optional.of(Digests.sha256(document.bytes()))));
    counter.idle();
    String file = task.path("pages").get(0).path("file").asString();
    assertThat(page.file(file)).isNotEmpty();
    await()
        .until(
            () -> {
              counter.idle();
              return page.file(file).length == 0;
            });
    assertThat(page.next().path("task").asString()).isEqualTo("idle");
  }

  @ParameterizedTest
  @CsvSource({"120000, true", "20500, false"})
  void whoSitsThereIsToldBeforeTheTimeEnds(int timeout, boolean more) throws Exception {
    Future<Confirmation> asked =
        counter.run(confirm(Duration.ofMillis(20_500)), new TestCall(Duration.ofMillis(timeout)));
    String id = id(page.nextTask("confirm"));
    JsonNode notice = page.nextTask("ending");
    assertThat(id(notice)).isEqualTo(id);
    assertThat(notice.path("more").asBoolean()).as("a touch gives more time").isEqualTo(more);
    page.answer(id, "'answer':'YES'");
    assertThat(asked.get().answer().is(Confirmation.Answer.YES)).isTrue();
  }

  @Test
  void aPictureHasItsOwnForm() throws Exception {
    byte[] wide = Documents.picture("png", 400, 100);
    Future<Shown> showing =
        counter.run(show(Content.of("image/png", wide), Duration.ofMinutes(1)), call());
    JsonNode sheet = page.nextTask("show").path("pages").get(0);
    assertThat(sheet.path("width").asInt()).isEqualTo(PagePicture.LONGEST_SIDE);
    assertThat(sheet.path("height").asInt()).isEqualTo(PagePicture.LONGEST_SIDE / 4);
    assertThat(showing.isDone()).isFalse();
  }

  @Test
  void isTakenAwayByClear() throws Exception {
    Future<Shown> showing = counter.run(ShowOnScreen.text("须知", "请准备照片"), call());
    page.answer(id(page.nextTask("show")), "'answer':'SHOWN'");
    assertThat(showing.get()).isEqualTo(new Shown(Optional.empty(), Optional.empty()));
    assertThat(counter.run(new ClearScreen(), call()).get().cleared()).isTrue();
    assertThat(page.next().path("task").asString()).isEqualTo("idle");
    assertThat(counter.run(new ClearScreen(), call()).get().cleared()).isFalse();
  }

  @Test
  void isReplacedByTheNextTask() throws Exception {
    Future<Shown> showing = counter.run(ShowOnScreen.text("须知", "请准备照片"), call());
    String shown = id(page.nextTask("show"));
    page.answer(shown, "'answer':'SHOWN'");
    showing.get();
    Future<Confirmation> asked = counter.run(confirm(Duration.ofSeconds(30)), call());
    String id = id(page.next());
    page.answer(shown, "'answer':'YES'");
    page.answer(id, "'answer':'YES'");
    assertThat(asked.get().answer().is(Confirmation.Answer.YES)).isTrue();
    assertThat(page.next().path("task").asString()).isEqualTo("idle");
    assertThat(counter.run(new ClearScreen(), call()).get().cleared()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"YES", "NO"})
  void tellsYesAndNo(String answer) throws Exception {
    TestCall call = call();
    Future<Confirmation> asked = counter.run(confirm(Duration.ofSeconds(30)), call);
    JsonNode task = page.nextTask("confirm");
    assertThat(task.path("fields").toString()).isEqualTo("[{\"name\":\"姓名\",\"value\":\"证件样本\"}]");
    page.answer(id(task), "'answer':'SHOWN'");
    page.answer(id(task), "'answer':'DECLINED'");
    page.answer(id(task), "'answer':'GIVEN'");
    page.answer(id(task), "'answer':'YES','more':1");
    page.answer("another", "'answer':'YES'");
    page.send("no JSON");
    page.answer(id(task), "'answer':'" + answer + "'");
    Confirmation told = asked.get();
    assertThat(told.answer().text()).isEqualTo(answer);
    assertThat(told.document()).isEmpty();
    assertThat(told.answered().orElseThrow()).isAfterOrEqualTo(told.asked());
    assertThat(call.acts()).isOne();
    assertThat(call.notes()).containsExactly("waiting for the resident to confirm");
  }

  @Test
  void whoIsAtItHasMoreTime() throws Exception {
    Future<Confirmation> asked = counter.run(confirm(Duration.ofSeconds(20)), call());
    String id = id(page.nextTask("confirm"));
    page.answer(id, "'answer':'TOUCHED'");
    Future<Confirmation> late = counter.run(confirm(Duration.ofMillis(1)), call());
    page.answer(id, "'answer':'YES'");
    assertThat(asked.get().answer().is(Confirmation.Answer.YES)).isTrue();
    Confirmation told = late.get();
    assertThat(told.answer().is(Confirmation.Answer.TIMED_OUT)).isTrue();
    assertThat(told.answered()).isEmpty();
  }

  @Test
  void givesTheSignatureBoundToTheDocument() throws Exception {
    SignOnScreen wanted = sign(Duration.ofSeconds(30));
    Future<Signature> asked = counter.run(wanted, call());
    JsonNode task = page.nextTask("sign");
    assertThat(task.path("pages")).hasSize(1);
    page.answer(id(task), "'answer':'SIGNED'," + STROKES);
    Signature told = asked.get();
    assertThat(told.answer().is(Signature.Answer.SIGNED)).isTrue();
    String digest = Digests.sha256(((Content.Data) wanted.content()).bytes());
    assertThat(told.document()).isEqualTo(digest);
    String svg =
        new String(((Content.Data) told.svg().orElseThrow()).bytes(), StandardCharsets.UTF_8);
    assertThat(svg)
        .contains(
            "data-document=\"sha256:" + digest + "\"",
            "d=\"M0 0 L600 800\"",
            "data-time=\"5 90\"",
            "data-pressure=\"500 1000\"");
    BufferedImage png =
        ImageIO.read(new ByteArrayInputStream(((Content.Data) told.png().orElseThrow()).bytes()));
    assertThat(png.getRGB(75, 100) >>> 24).as("ink in the middle of the stroke").isEqualTo(255);
    assertThat(png.getRGB(600, 100) >>> 24).as("nothing beside it").isZero();
    assertThat(page.file(task.path("pages").get(0).path("file").asString()))
        .as("the document afterwards")
        .isEmpty();
  }

  @Test
  void notSigningIsAnAnswerAndSilenceAnother() throws Exception {
    Future<Signature> asked = counter.run(sign(Duration.ofSeconds(30)), call());
    page.answer(id(page.nextTask("sign")), "'answer':'DECLINED'");
    Signature told = asked.get();
    assertThat(told.answer().is(Signature.Answer.DECLINED)).isTrue();
    assertThat(told.svg()).isEmpty();
    assertThat(told.png()).isEmpty();
    assertThat(told.document()).hasSize(64);
    Signature late = counter.run(sign(Duration.ofMillis(1)), call()).get();
    assertThat(late.answer().is(Signature.Answer.TIMED_OUT)).isTrue();
    assertThat(late.answered()).isEmpty();
  }

  @Test
  void whatIsNoSignatureIsPassedOver() throws Exception {
    Future<Signature> asked = counter.run(sign(Duration.ofSeconds(30)), call());
    String id = id(page.nextTask("sign"));
    page.answer(id, "'answer':'SIGNED','strokes':[]");
    page.answer(id, "'answer':'YES'");
    page.answer("another", "'answer':'DECLINED'");
    page.answer(id, "'answer':'SIGNED'," + STROKES);
    assertThat(asked.get().answer().is(Signature.Answer.SIGNED)).isTrue();
  }

  @Test
  void badDocumentsAreRefusedBeforeAnybodySeesAnything() throws Exception {
    record Bad(Content content, ErrorCode code) {}
    for (Bad bad :
        List.of(
            new Bad(Content.of("text/plain", new byte[1]), ErrorCode.UNSUPPORTED),
            new Bad(Content.of("application/zip", new byte[1]), ErrorCode.UNSUPPORTED),
            new Bad(Content.of("application/pdf", new byte[9]), ErrorCode.BAD_DOCUMENT),
            new Bad(Content.of("image/png", new byte[9]), ErrorCode.BAD_DOCUMENT),
            new Bad(pdf(PagePicture.MOST_PAGES + 1), ErrorCode.DOCUMENT_TOO_LARGE))) {
      TestCall call = call();
      assertThat(failure(counter.run(show(bad.content(), Duration.ofSeconds(9)), call)))
          .isEqualTo(bad.code());
      assertThat(call.acts()).isZero();
      assertThat(call.notes()).isEmpty();
    }
  }

  @Test
  void aCancelledTaskIsTakenAway() throws Exception {
    TestCall call = call();
    Future<Signature> asked = counter.run(sign(Duration.ofSeconds(30)), call);
    page.nextTask("sign");
    call.cancel();
    assertThat(failure(asked)).isEqualTo(ErrorCode.STOPPING);
    assertThat(page.next().path("task").asString()).isEqualTo("idle");
  }

  @Test
  void whatNoPageShowsIsNotThere() throws Exception {
    Future<Shown> showing =
        counter.run(ShowOnScreen.text("须知", "请准备照片"), new TestCall(Duration.ofSeconds(1)));
    page.nextTask("show");
    assertThat(failure(showing)).isEqualTo(ErrorCode.TIMEOUT);
    assertThat(page.next().path("task").asString()).isEqualTo("idle");
    page.close();
    await().until(() -> !counter.shown());
    assertThat(failure(counter.run(confirm(Duration.ofSeconds(1)), call())))
        .isEqualTo(ErrorCode.SCREEN_NOT_OPEN);
  }
}
