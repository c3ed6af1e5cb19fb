package dev.doorstep.driver.webscreen;

import static dev.doorstep.driver.webscreen.Counter.call;
import static dev.doorstep.driver.webscreen.Counter.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.Evaluation;
import dev.doorstep.protocol.operation.Evaluation.Answer;
import dev.doorstep.protocol.operation.EvaluationLevel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The page in a real browser. See {@link PageLook} for its pictures. */
class BrowserPageTest extends InBrowser {
  private static final String ITEM = "社会保障卡补领";
  private static final String LONG = "个人所得税专项附加扣除信息变更及历史年度缴费记录核对与补充登记".repeat(4).substring(0, 100);

  @Test
  void eachLevelCanBePressed() throws Exception {
    for (EvaluationLevel level : EvaluationLevel.values()) {
      Future<Evaluation> asked = ask(Optional.of(ITEM), Optional.of("王某"));
      browser.click(".level[data-level=" + level + "]");
      assertThat(asked.get()).isEqualTo(Evaluation.given(level));
    }
  }

  @Test
  void aLevelIsChosenByKeyboard() throws Exception {
    Future<Evaluation> asked = ask(Optional.of(ITEM), Optional.empty());
    browser.press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB);
    assertThat(focused()).contains("满意");
    browser.press(Keys.ENTER);
    assertThat(asked.get()).isEqualTo(Evaluation.given(EvaluationLevel.SATISFIED));
  }

  @Test
  void aFingerChoosesAndAKeyboardWrites() throws Exception {
    Future<Evaluation> asked = askWhole();
    browser.touch(".level[data-level=SATISFIED]");
    browser.touch(".reason[data-code='407']");
    browser.touch(".reason[data-code='413']");
    browser.touch(".reason[data-code='407']");
    browser.touch("textarea");
    browser.write("很快");
    browser.press(Keys.TAB, Keys.TAB);
    assertThat(focused()).isEqualTo("提交评价");
    browser.press(Keys.SPACE);
    assertThat(asked.get())
        .isEqualTo(
            Evaluation.given(
                EvaluationLevel.SATISFIED, Optional.of(List.of("413")), Optional.of("很快")));
  }

  @Test
  void thePageIsLight(TestReporter reporter) {
    reporter.publishEntry(
        "the page stands there after",
        browser.value(
                "Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)")
            + " ms");
    assertThat(
            (long)
                browser.value(
                    "performance.getEntriesByType('resource').concat("
                        + "performance.getEntriesByType('navigation'))"
                        + ".reduce((sum, it) => sum + it.transferSize, 0)"))
        .as("bytes of the page and all that it fetches")
        .isBetween(10_000L, 150_000L);
  }

  @Test
  void noAnswerIsAnAnswer() throws Exception {
    Future<Evaluation> asked = ask(Optional.empty(), Optional.empty());
    browser.click(".decline");
    assertThat(asked.get()).isEqualTo(Evaluation.none(Answer.DECLINED));
  }

  @Test
  void nothingIsPreselected() throws Exception {
    Future<Evaluation> asked = ask(Optional.empty(), Optional.empty());
    assertThat(browser.value("document.activeElement.tagName")).isEqualTo("BODY");
    assertThat(browser.has("[aria-pressed], [aria-checked], [checked], [selected], [autofocus]"))
        .isFalse();
    assertThat(
            browser.values(
                "[...new Set([...document.querySelectorAll('.level')].map("
                    + "b => b.offsetWidth + 'x' + b.offsetHeight + getComputedStyle(b).backgroundColor))]"))
        .as("no level stands out")
        .hasSize(1);
    browser.press(Keys.ENTER);
    assertThat(asked.isDone()).isFalse();
  }

  @Test
  void thanksForTwoSecondsAndForgets() throws Exception {
    Object pages = browser.value("history.length");
    Future<Evaluation> asked = ask(Optional.of(ITEM), Optional.of("王某"));
    browser.click(".level:nth-child(1)");
    assertThat(browser.text("h1")).contains("谢谢您", "Thank you");
    assertThat(asked.get()).isEqualTo(Evaluation.given(EvaluationLevel.VERY_SATISFIED));
    await().until(() -> browser.text("h1").contains("您好"));
    assertThat(browser.value("document.documentElement.outerHTML").toString())
        .doesNotContain(ITEM, "王某", "VERY_SATISFIED");
    assertThat(browser.value("localStorage.length + sessionStorage.length")).isEqualTo(0L);
    assertThat(browser.value("history.length")).isEqualTo(pages);
    assertThat(browser.value("document.cookie")).isEqualTo("");
  }

  @Test
  void reasonsAndATextAreChosenAndTheMindIsChanged() throws Exception {
    Future<Evaluation> asked = askWhole();
    browser.click(".level[data-level=VERY_DISSATISFIED]");
    assertThat(browser.has("[aria-pressed=true]")).as("nothing is preselected").isFalse();
    browser.click(".reason[data-code='115']");
    browser.click(".again");
    browser.click(".level[data-level=DISSATISFIED]");
    assertThat(browser.has("[aria-pressed=true]")).as("the reasons of before").isFalse();
    browser.click(".reason[data-code='209']");
    browser.click(".reason[data-code='207']");
    browser.click(".reason[data-code='214']");
    browser.click(".reason[data-code='209']");
    browser.find("textarea").sendKeys("<b>等了很久</b>");
    browser.click(".language");
    assertThat(browser.text(".reason[data-code=\"207\"]")).isEqualTo("No samples of the papers");
    assertThat(
            browser.values(
                "[...document.querySelectorAll('[aria-pressed=true]')].map(b => b.dataset.code)"))
        .isEqualTo(List.of("207", "214"));
    assertThat(asked.isDone()).isFalse();
    browser.click(".submit");
    assertThat(asked.get())
        .isEqualTo(
            Evaluation.given(
                EvaluationLevel.DISSATISFIED,
                Optional.of(List.of("207", "214")),
                Optional.of("<b>等了很久</b>")));
    await().until(() -> browser.text("h1").contains("您好"));
    assertThat(browser.value("document.documentElement.outerHTML").toString())
        .doesNotContain("等了很久", "214");
  }

  @Test
  void theSecondViewWorksByKeyboardAndCanBeDeclined() throws Exception {
    Future<Evaluation> asked = askWhole();
    browser.press(Keys.TAB, Keys.TAB, Keys.TAB, Keys.ENTER);
    browser.find(".submit");
    assertThat(browser.value("document.activeElement.id")).isEqualTo("title");
    browser.press(Keys.TAB, Keys.SPACE);
    assertThat(
            browser.values(
                "[...document.querySelectorAll('[aria-pressed=true]')].map(b => b.dataset.code)"))
        .isEqualTo(List.of("510"));
    browser.click(".decline");
    assertThat(asked.get()).isEqualTo(Evaluation.none(Answer.DECLINED));
  }

  @Test
  void goesIdleWhenNobodyAnswers() throws Exception {
    Future<Evaluation> asked =
        counter.ask(question(Optional.of(ITEM), Optional.empty(), 700), call());
    browser.find(".decline");
    assertThat(asked.get()).isEqualTo(Evaluation.none(Answer.TIMED_OUT));
    await().until(() -> browser.text("h1").contains("您好"));
    assertThat(browser.value("document.body.innerText").toString()).doesNotContain(ITEM);
  }

  @Test
  void theResidentIsToldBeforeTheTimeEndsAndATouchGivesMore() throws Exception {
    Future<Evaluation> asked =
        counter.ask(
            question(Optional.of(ITEM), Optional.empty(), 20_500),
            new TestCall(Duration.ofMinutes(2)));
    await().until(() -> browser.text("#ending").contains("您还在吗"));
    PageLook.demand(browser, "1280x800-ending");
    browser.press(Keys.TAB);
    await().until(() -> browser.has("#ending[hidden]"));
    browser.click(".decline");
    assertThat(asked.get()).isEqualTo(Evaluation.none(Answer.DECLINED));
  }

  @Test
  void markupIsText() throws Exception {
    String markup = "<img src=x onerror=\"document.title='owned'\"><b>&amp;</b>";
    String most = markup.substring(0, 50);
    Future<Evaluation> asked =
        counter.ask(
            new AskEvaluation(
                Optional.of(most),
                Optional.of(markup),
                Optional.of(most),
                Optional.of("<script>1</script>"),
                false,
                false,
                Duration.ofSeconds(30)),
            call());
    browser.find(".decline");
    assertThat(
            browser.values("[...document.querySelectorAll('.about dd')].map(it => it.innerText)"))
        .isEqualTo(List.of(most, markup, most, "<script>1</script>"));
    assertThat(browser.has("main img, main b, main script")).isFalse();
    assertThat(browser.value("document.title").toString()).contains("居民屏");
    assertThat(asked.isDone()).isFalse();
  }

  @Test
  void theLanguageIsSwitchedForOneResident() throws Exception {
    Future<Evaluation> asked = ask(Optional.of(ITEM), Optional.empty());
    assertThat(browser.value("document.documentElement.lang")).isEqualTo("zh-CN");
    assertThat(browser.text("h1 .first")).isEqualTo("请您评价本次服务");
    browser.click(".language");
    assertThat(browser.value("document.documentElement.lang")).isEqualTo("en");
    assertThat(browser.text("h1 .first")).isEqualTo("How was our service today?");
    assertThat(browser.text(".level:nth-child(5) .first")).isEqualTo("Very dissatisfied");
    assertThat(browser.find(".level:nth-child(5) .second").getAttribute("lang")).isEqualTo("zh-CN");
    assertThat(focused()).isEqualTo("中文");
    browser.click(".decline");
    assertThat(asked.get()).isEqualTo(Evaluation.none(Answer.DECLINED));
    Future<Evaluation> next = ask(Optional.empty(), Optional.empty());
    assertThat(browser.value("document.documentElement.lang")).isEqualTo("zh-CN");
    assertThat(next.isDone()).isFalse();
  }

  @Test
  void comesBackAfterTheServer() throws Exception {
    int port = counter.port();
    Future<Evaluation> lost = ask(Optional.of(ITEM), Optional.empty());
    counter.close();
    await().until(() -> browser.text("#connection").contains("未连接"));
    assertThat(browser.value("document.body.innerText").toString()).doesNotContain(ITEM);
    assertThat(Counter.failure(lost)).isNotNull();
    counter = Counter.open(port);
    await().until(counter::shown);
    await().until(() -> browser.has("#connection[hidden]"));
    Future<Evaluation> asked = ask(Optional.empty(), Optional.empty());
    browser.click(".level:nth-child(2)");
    assertThat(asked.get()).isEqualTo(Evaluation.given(EvaluationLevel.SATISFIED));
  }

  @ParameterizedTest
  @CsvSource({"1024,600", "1280,800", "1920,1080", "600,1024", "1080,1920", "800,1280"})
  void isReadableAtEachSize(int width, int height) throws Exception {
    browser.size(width, height);
    String size = width + "x" + height;
    counter.rest(
        IdleTask.json(
            Optional.of("石门二路街道社区事务受理服务中心居委会服务点"),
            Stream.of(
                    "id-card-reader",
                    "social-card-reader",
                    "code-scanner",
                    "document-camera",
                    "document-scanner",
                    "page-printer",
                    "receipt-printer")
                .flatMap(kind -> IdleTask.Readiness.of(kind, kind.length() % 2 == 0).stream())
                .toList()));
    await().until(() -> browser.has(".devices"));
    PageLook.demand(browser, size + "-idle");
    browser.click(".language");
    assertThat(browser.text(".devices")).contains("ID-card reader ready", "not available");
    browser.click(".size");
    PageLook.demand(browser, size + "-idle-large-en");
    for (String language : List.of("zh", "en")) {
      Future<Evaluation> asked = ask(Optional.of(ITEM), Optional.of("李某（3 号窗口）"));
      if (language.equals("en")) {
        browser.click(".language");
      }
      PageLook.demand(browser, size + "-evaluation-" + language);
      browser.click(".level:nth-child(3)");
      assertThat(asked.get()).isEqualTo(Evaluation.given(EvaluationLevel.FAIRLY_SATISFIED));
      PageLook.demand(browser, size + "-thanks-" + language);
    }
    for (String language : List.of("zh", "en")) {
      Future<Evaluation> asked = askWhole();
      if (language.equals("en")) {
        browser.click(".language");
      }
      PageLook.demand(browser, size + "-whole-" + language);
      browser.click(".level:nth-child(4)");
      browser.click(".reason:nth-child(2)");
      PageLook.demand(browser, size + "-reasons-" + language);
      browser.click(".decline");
      assertThat(asked.get()).isEqualTo(Evaluation.none(Answer.DECLINED));
    }
    Future<Evaluation> large = askWhole();
    browser.click(".size");
    PageLook.demand(browser, size + "-whole-large");
    browser.click(".level:nth-child(4)");
    browser.click(".reason:nth-child(2)");
    PageLook.demand(browser, size + "-reasons-large");
    browser.click(".decline");
    assertThat(large.get()).isEqualTo(Evaluation.none(Answer.DECLINED));
    Future<Evaluation> longest =
        counter.ask(
            new AskEvaluation(
                Optional.of("W".repeat(64)),
                Optional.of(LONG),
                Optional.of(LONG.substring(0, 50)),
                Optional.of("w".repeat(100)),
                true,
                true,
                Duration.ofSeconds(30)),
            call());
    browser.find(".decline");
    PageLook.demand(browser, size + "-evaluation-longest");
    browser.click(".size");
    PageLook.demand(browser, size + "-evaluation-longest-large");
    browser.click(".decline");
    assertThat(longest.get()).isEqualTo(Evaluation.none(Answer.DECLINED));
    Future<Evaluation> asked = ask(Optional.of(LONG), Optional.of("w".repeat(100)));
    PageLook.demand(browser, size + "-evaluation-long");
    browser.click(".decline");
    assertThat(asked.get()).isEqualTo(Evaluation.none(Answer.DECLINED));
    counter.close();
    await().until(() -> !browser.has("#connection[hidden]"));
    PageLook.demand(browser, size + "-disconnected");
  }

  /** Asks and waits until the page shows it. */
  private Future<Evaluation> ask(Optional<String> item, Optional<String> staff) {
    Future<Evaluation> asked = counter.ask(question(item, staff, 30_000), call());
    browser.find(".decline");
    return asked;
  }

  private Future<Evaluation> askWhole() {
    Future<Evaluation> asked = counter.ask(Counter.whole(), call());
    browser.find(".decline");
    return asked;
  }

  private static String focused() {
    return browser.value("document.activeElement.textContent").toString();
  }
}
