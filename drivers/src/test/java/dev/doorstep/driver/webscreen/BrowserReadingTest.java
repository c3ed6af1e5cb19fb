package dev.doorstep.driver.webscreen;

import static dev.doorstep.driver.webscreen.Counter.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.paper.Documents;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.operation.ClearScreen;
import dev.doorstep.protocol.operation.ConfirmOnScreen;
import dev.doorstep.protocol.operation.Confirmation;
import dev.doorstep.protocol.operation.ShowOnScreen;
import dev.doorstep.protocol.operation.Shown;
import dev.doorstep.protocol.operation.SignOnScreen;
import dev.doorstep.protocol.operation.Signature;
import dev.doorstep.simulator.testing.Direction;
import dev.doorstep.simulator.testing.FaultyNetwork;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** Showing, confirming and signing in a real browser; see {@link PageLook} for its pictures. */
class BrowserReadingTest extends InBrowser {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Map<Integer, Content.Data> FORMS = new HashMap<>();

  /** Made once: the font of a Chinese form is large. */
  private static Content.Data pdf(int pages) {
    return FORMS.computeIfAbsent(
        pages, count -> Content.of("application/pdf", Documents.form(count)));
  }

  private static ConfirmOnScreen confirm(int fields) {
    return ConfirmOnScreen.fields(
        "请核对您的申请信息",
        IntStream.range(0, fields)
            .mapToObj(
                i ->
                    i % 2 == 0
                        ? new ConfirmOnScreen.Field("姓名", "证件样本")
                        : new ConfirmOnScreen.Field("住址", "样本省样本市样本区样本路 " + i + " 号"))
            .toList(),
        PATIENCE);
  }

  private static SignOnScreen sign(int pages) {
    return SignOnScreen.document("居住证明申请表", pdf(pages), PATIENCE);
  }

  @Test
  void textAndPagesAreShownUntilTheyAreTakenAway() throws Exception {
    Future<Shown> showing =
        counter.run(
            new ShowOnScreen(
                Optional.of("办理须知"),
                Optional.of("请准备：\n1. 身份证\n2. 一张照片"),
                Optional.of(pdf(2)),
                Optional.empty(),
                Duration.ofMinutes(2)),
            call());
    assertThat(showing.get().pages()).contains(2);
    assertThat(browser.text(".paper .text")).isEqualTo("请准备：\n1. 身份证\n2. 一张照片");
    assertThat(browser.values("[...document.querySelectorAll('.paper img')].map(i => i.alt)"))
        .isEqualTo(List.of("第 1 页，共 2 页", "第 2 页，共 2 页"));
    assertThat(browser.has(".yes, .no, .decline")).isFalse();
    counter.run(new ClearScreen(), call()).get();
    await().until(() -> browser.text("h1").contains("您好"));
    assertNothingIsLeft("须知", "身份证");
  }

  @Test
  void shortFieldsAreConfirmedAtOnceByKeyboard() throws Exception {
    Future<Confirmation> asked = counter.run(confirm(2), call());
    browser.find(".yes:not([hidden])");
    browser.press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB);
    assertThat(browser.value("document.activeElement.className")).isEqualTo("yes");
    browser.press(Keys.ENTER);
    assertThat(asked.get().answer().is(Confirmation.Answer.YES)).isTrue();
    await().until(() -> browser.text("h1").contains("您好"));
    assertNothingIsLeft("证件样本");
  }

  @Test
  void yesComesOnceTheEndWasOnTheScreen() throws Exception {
    Future<Confirmation> asked = counter.run(confirm(40), call());
    browser.find(".down:not([hidden])");
    assertThat(browser.has(".yes:not([hidden])")).isFalse();
    int steps = 0;
    while (browser.has(".down:not([disabled])") && steps < 20) {
      Object before = browser.value("document.querySelector('.paper').scrollTop");
      browser.click(".down");
      await()
          .until(() -> !browser.value("document.querySelector('.paper').scrollTop").equals(before));
      steps++;
    }
    assertThat(steps).isBetween(2, 19);
    browser.click(".language");
    assertThat(browser.text(".yes .first")).isEqualTo("Yes, this is right");
    browser.touch(".yes");
    assertThat(asked.get().answer().is(Confirmation.Answer.YES)).isTrue();
  }

  @Test
  void theKeyboardReadsOnToTheEndAndStaysThere() throws Exception {
    Future<Confirmation> asked = counter.run(confirm(40), call());
    browser.find(".down:not([hidden])");
    browser.press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB);
    assertThat(browser.value("document.activeElement.className")).isEqualTo("down");
    await()
        .until(
            () -> {
              if (browser.value("document.activeElement.className").equals("down")) {
                browser.press(Keys.ENTER);
              }
              return browser.value("document.activeElement.className").equals("paper");
            });
    browser.press(Keys.ENTER, Keys.ENTER, Keys.ENTER); // a key that is held presses nothing else
    assertThat(browser.has(".yes")).isTrue();
    browser.press(Keys.TAB, Keys.TAB, Keys.TAB);
    assertThat(browser.value("document.activeElement.className")).isEqualTo("yes");
    assertThat(asked.isDone()).isFalse();
    browser.press(Keys.ENTER);
    assertThat(asked.get().answer().is(Confirmation.Answer.YES)).isTrue();
  }

  @Test
  void goesIdleWhenNobodyAnswers() throws Exception {
    Duration soon = Duration.ofSeconds(3);
    ConfirmOnScreen.Field field = new ConfirmOnScreen.Field("姓名", "证件样本");
    Future<Confirmation> asked =
        counter.run(ConfirmOnScreen.fields("请核对", List.of(field), soon), call());
    browser.find(".yes");
    assertThat(asked.get().answer().is(Confirmation.Answer.TIMED_OUT)).isTrue();
    await().until(() -> browser.text("h1").contains("您好"));
    Future<Signature> signature =
        counter.run(SignOnScreen.document("申请表", pdf(1), Duration.ofSeconds(8)), call());
    browser.readOn();
    browser.pressNow(".yes");
    assertThat(signature.get().answer().is(Signature.Answer.TIMED_OUT)).isTrue();
    await().until(() -> browser.text("h1").contains("您好"));
    assertNothingIsLeft("证件样本", "申请表");
  }

  @Test
  void noCanBeSaidAtAnyTime() throws Exception {
    Future<Confirmation> asked = counter.run(confirm(40), call());
    browser.touch(".no");
    assertThat(asked.get().answer().is(Confirmation.Answer.NO)).isTrue();
  }

  @Test
  void aFingerSigns() throws Exception {
    Future<Signature> asked = counter.run(sign(1), call());
    browser.readOn();
    browser.touch(".yes");
    browser.find(".field");
    assertThat(browser.find(".yes").isEnabled()).as("an empty field").isFalse();
    browser.stroke(".field", 0.1, 0.2, 0.4, 0.8);
    browser.touch(".erase");
    await().until(() -> !browser.find(".yes").isEnabled());
    browser.stroke(".field", 0.2, 0.5, 0.8, 0.5);
    browser.click(".language");
    browser.touch(".back");
    browser.find(".paper");
    browser.touch(".yes");
    browser.stroke(".field", 0.5, 0.2, 0.5, 0.8);
    browser.touch(".yes");
    Signature told = asked.get();
    assertThat(told.answer().is(Signature.Answer.SIGNED)).isTrue();
    BufferedImage png =
        ImageIO.read(new ByteArrayInputStream(((Content.Data) told.png().orElseThrow()).bytes()));
    assertThat(ink(png, 0.3, 0.5)).as("across").isTrue();
    assertThat(ink(png, 0.5, 0.3)).as("down, after a look at the document").isTrue();
    assertThat(ink(png, 0.25, 0.5 - 0.2)).as("what was erased").isFalse();
    await().until(() -> browser.text("h1").contains("您好"));
    assertNothingIsLeft("居住证明");
  }

  @Test
  void aMouseSignsAndTheMindIsChanged() throws Exception {
    Future<Signature> asked = counter.run(sign(1), call());
    browser.readOn();
    browser.click(".yes");
    browser.drag(".field");
    assertThat(browser.find(".yes").isEnabled()).isTrue();
    browser.click(".decline");
    assertThat(asked.get().answer().is(Signature.Answer.DECLINED)).isTrue();
  }

  @Test
  void whatWasBegunGoesOnAfterTheConnectionCameBack() throws Exception {
    try (FaultyNetwork line = FaultyNetwork.to(counter.port())) {
      browser.open(URI.create("http://127.0.0.1:" + line.port() + "/screen/pad"));
      await().until(counter::shown);
      Future<Signature> asked = counter.run(sign(1), call());
      browser.readOn();
      browser.click(".yes");
      browser.stroke(".field", 0.1, 0.2, 0.4, 0.8);
      line.refuse();
      line.reset();
      await().until(() -> browser.has("#connection:not([hidden])"));
      assertThat(browser.has(".field")).as("while it is away").isFalse();
      assertNothingIsLeft("居住证明");
      line.heal();
      browser.find(".field");
      assertThat(browser.find(".yes").isEnabled()).as("what was written before").isTrue();
      browser.click(".yes");
      assertThat(asked.get().answer().is(Signature.Answer.SIGNED)).isTrue();
    }
  }

  @Test
  @Timeout(180)
  void aLineThatDiesWithoutAWordIsNoticed() throws Exception {
    try (FaultyNetwork line = FaultyNetwork.to(counter.port())) {
      browser.open(URI.create("http://127.0.0.1:" + line.port() + "/screen/pad"));
      await().until(counter::shown);
      Future<Confirmation> asked = counter.run(confirm(2), new TestCall(Duration.ofMinutes(2)));
      browser.find(".yes:not([hidden])");
      line.stall(Direction.TO_CLIENT);
      await().atMost(Duration.ofSeconds(50)).until(() -> browser.has("#connection:not([hidden])"));
      assertNothingIsLeft("证件样本");
      line.heal();
      line.reset();
      browser.find(".yes:not([hidden])");
      browser.click(".yes");
      assertThat(asked.get().answer().is(Confirmation.Answer.YES)).isTrue();
    }
  }

  @Test
  void aPressForTheTaskBeforeIsNoAnswer() throws Exception {
    counter.run(ShowOnScreen.text("须知", "请准备照片"), call()).get();
    Future<Confirmation> asked = counter.run(confirm(2), call());
    await().pollInterval(Duration.ofMillis(5)).until(() -> browser.has(".confirm"));
    assertThat((boolean) browser.value("document.getElementById('task').inert")).isTrue();
    browser.find(".yes:not([hidden])");
    await().until(() -> !(boolean) browser.value("document.getElementById('task').inert"));
    browser.click(".yes");
    assertThat(asked.get().answer().is(Confirmation.Answer.YES)).isTrue();
  }

  @Test
  void markupIsText() throws Exception {
    String markup = "<img src=x onerror=\"document.title='owned'\"><b>&amp;</b>";
    Future<Confirmation> asked =
        counter.run(
            new ConfirmOnScreen(
                Optional.of(markup),
                Optional.of(markup),
                Optional.of(List.of(new ConfirmOnScreen.Field(markup.substring(0, 50), markup))),
                Optional.empty(),
                PATIENCE),
            call());
    browser.find(".yes:not([hidden])");
    assertThat(browser.text("h1")).isEqualTo(markup);
    assertThat(browser.text(".paper .text")).isEqualTo(markup);
    assertThat(browser.text(".fields dd")).isEqualTo(markup);
    assertThat(browser.has("main img, main b, main script")).isFalse();
    assertThat(browser.value("document.title").toString()).contains("居民屏");
    assertThat(asked.isDone()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1024,600", "1280,800", "1920,1080", "600,1024", "800,1280", "1080,1920"})
  void isReadableAtEachSize(int width, int height) throws Exception {
    browser.size(width, height);
    String size = width + "x" + height;
    for (String mode : List.of("zh", "en", "large")) {
      String[] change = {"zh", "", "en", ".language", "large", ".size"};
      String press = change[2 * List.of("zh", "en", "large").indexOf(mode) + 1];
      Future<Confirmation> confirmed = counter.run(confirm(6), call());
      way(press);
      PageLook.demand(browser, size + "-confirm-" + mode);
      browser.readOn();
      PageLook.demand(browser, size + "-confirm-end-" + mode);
      browser.click(".yes");
      assertThat(confirmed.get().answer().is(Confirmation.Answer.YES)).isTrue();
      if (mode.equals("en")) {
        continue; // takes a process for each document
      }
      Future<Signature> signed = counter.run(sign(2), call());
      way(press);
      PageLook.demand(browser, size + "-sign-" + mode);
      browser.readOn();
      browser.click(".yes");
      browser.stroke(".field", 0.1, 0.2, 0.4, 0.8);
      browser.stroke(".field", 0.3, 0.7, 0.9, 0.3);
      PageLook.demand(browser, size + "-field-" + mode);
      browser.click(".yes");
      assertThat(signed.get().answer().is(Signature.Answer.SIGNED)).isTrue();
      Future<Shown> showing =
          counter.run(ShowOnScreen.text("办理须知", "请准备：\n1. 身份证\n2. 一张照片"), call());
      showing.get();
      way(press);
      PageLook.demand(browser, size + "-show-" + mode);
      counter.run(new ClearScreen(), call()).get();
    }
  }

  private static void way(String press) {
    browser.find(".paper");
    if (!press.isEmpty()) {
      browser.click(press);
    }
  }

  private static boolean ink(BufferedImage png, double x, double y) {
    return png.getRGB((int) (x * png.getWidth()), (int) (y * png.getHeight())) >>> 24 > 0;
  }

  private static void assertNothingIsLeft(String... texts) {
    assertThat(browser.value("document.documentElement.outerHTML").toString())
        .doesNotContain(texts);
    assertThat(browser.value("localStorage.length + sessionStorage.length")).isEqualTo(0L);
    assertThat(browser.value("document.cookie")).isEqualTo("");
  }
}
