package dev.doorstep.driver.webscreen;

import static dev.doorstep.driver.webscreen.Counter.call;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.paper.Documents;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.ClearScreen;
import dev.doorstep.protocol.operation.ConfirmOnScreen;
import dev.doorstep.protocol.operation.Confirmation;
import dev.doorstep.protocol.operation.Evaluation;
import dev.doorstep.protocol.operation.ShowOnScreen;
import dev.doorstep.protocol.operation.SignOnScreen;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The page over a day: barriers for the disabled, one task after another, two screens. */
class BrowserEndureTest extends InBrowser {
  private static final int TASKS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static ConfirmOnScreen confirm() {
    return ConfirmOnScreen.fields(
        "请核对", List.of(new ConfirmOnScreen.Field("姓名", "证件样本")), PATIENCE);
  }

  private static void demandNoBarriers(String view) {
    await().until(() -> !(boolean) browser.value("document.getElementById('task').inert"));
    assertThat(browser.barriers()).as(view).isEmpty();
    browser.pressNow(".size");
    assertThat(browser.barriers()).as("%s in large type", view).isEmpty();
    browser.pressNow(".language");
    assertThat(browser.barriers()).as("%s in English", view).isEmpty();
  }

  @Test
  void nobodyIsShutOut() throws Exception {
    demandNoBarriers("idle");
    Future<Evaluation> evaluated = counter.ask(Counter.whole(), call());
    browser.find(".decline");
    demandNoBarriers("evaluation");
    browser.click(".level:nth-child(4)");
    browser.click(".reason:nth-child(2)");
    demandNoBarriers("reasons");
    browser.click(".submit");
    assertThat(browser.barriers()).as("thanks").isEmpty();
    evaluated.get();
    counter.run(ShowOnScreen.text("须知", "请准备照片\n".repeat(60)), call()).get();
    demandNoBarriers("show");
    Future<Confirmation> confirmed = counter.run(confirm(), call());
    browser.find(".no");
    demandNoBarriers("confirm");
    browser.click(".yes");
    confirmed.get();
    Content png = Content.of("image/png", Documents.picture("png", 400, 300));
    Future<?> signed = counter.run(SignOnScreen.document("申请表", png, PATIENCE), call());
    browser.readOn();
    demandNoBarriers("sign");
    browser.click(".yes");
    browser.find(".field");
    demandNoBarriers("the field for a signature");
    browser.click(".decline");
    signed.get();
    counter.close();
    await().until(() -> browser.has("#connection:not([hidden])"));
    assertThat(browser.barriers()).as("disconnected").isEmpty();
    browser.value("document.body.appendChild(document.createElement('button')).tagName");
    assertThat(browser.barriers()).as("a button without a name").isNotEmpty();
  }

  @Test
  void oneTaskAfterAnotherLeavesNothingInThePage() throws Exception {
    for (int task = 0; task < 20; task++) {
      carryOut(task);
    }
    Map<String, Long> before = memoryAtRest();
    for (int task = 0; task < TASKS; task++) {
      carryOut(task);
    }
    Map<String, Long> after = memoryAtRest();
    for (String count : List.of("Nodes", "JSEventListeners", "Documents")) {
      long more = requireNonNull(after.get(count)) - requireNonNull(before.get(count));
      assertThat(more).as("%s after %d tasks", count, TASKS).isLessThan(TASKS);
    }
    assertThat(after.get("JSHeapUsedSize"))
        .as("bytes of objects after %d tasks", TASKS)
        .isLessThan(requireNonNull(before.get("JSHeapUsedSize")) * 5 / 4);
  }

  private Map<String, Long> memoryAtRest() throws Exception {
    counter.run(new ClearScreen(), call()).get();
    await().until(() -> browser.text("h1").contains("您好"));
    return browser.memory();
  }

  private void carryOut(int task) throws Exception {
    switch (task % 3) {
      case 0 -> {
        Future<Evaluation> asked = counter.ask(Counter.whole(), call());
        until(".levels");
        browser.pressNow(".level:nth-child(5)");
        browser.pressNow(".reason:nth-child(1)");
        browser.pressNow(".submit");
        asked.get();
      }
      case 1 -> {
        Future<Confirmation> asked = counter.run(confirm(), call());
        until(".confirm .yes:not([hidden])");
        browser.pressNow(".yes");
        asked.get();
      }
      default -> counter.run(ShowOnScreen.text("须知", "请准备照片"), call()).get();
    }
  }

  private static void until(String selector) {
    await().pollInterval(Duration.ofMillis(10)).until(() -> browser.has(selector));
  }

  @Test
  void twoScreensShowTheSameAndTheFirstAnswerCounts() throws Exception {
    browser.anotherWindow();
    browser.open(counter.page());
    Future<Confirmation> asked = counter.run(confirm(), call());
    browser.find(".yes:not([hidden])");
    browser.window(0);
    browser.click(".no");
    assertThat(asked.get().answer().is(Confirmation.Answer.NO)).isTrue();
    browser.window(1);
    await().until(() -> browser.text("h1").contains("您好"));
    browser.closeWindow();
    Future<Confirmation> next = counter.run(confirm(), call());
    browser.click(".yes");
    assertThat(next.get().answer().is(Confirmation.Answer.YES)).isTrue();
  }

  @Test
  void aTaskTakesThePlaceOfAnother() throws Exception {
    counter.run(ShowOnScreen.text("须知", "请准备照片"), call()).get();
    TestCall first = call();
    Future<Confirmation> asked = counter.run(confirm(), first);
    browser.find(".no");
    assertThat(browser.text("h1")).isEqualTo("请核对");
    Future<Evaluation> next = counter.ask();
    first.cancel();
    assertThat(Counter.failure(asked)).isEqualTo(ErrorCode.STOPPING);
    browser.click(".level:nth-child(1)");
    assertThat(next.get().level()).isPresent();
    assertThat(browser.value("document.body.innerText").toString()).doesNotContain("证件样本");
  }
}
