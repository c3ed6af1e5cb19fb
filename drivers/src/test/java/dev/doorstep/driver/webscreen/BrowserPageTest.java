package dev.doorstep.driver.webscreen;

import static dev.doorstep.driver.webscreen.Counter.call;
import static dev.doorstep.driver.webscreen.Counter.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.protocol.operation.Evaluation;
import dev.doorstep.protocol.operation.Evaluation.Answer;
import dev.doorstep.protocol.operation.EvaluationLevel;
import dev.doorstep.simulator.testing.RealComponent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The page in a real browser. Its pictures are left in {@code target/screenshots} to look at. */
@RealComponent("chromium")
@RealComponent("chromedriver")
class BrowserPageTest {
  private static final String ITEM = "社会保障卡补领";
  private static final String LONG = "个人所得税专项附加扣除信息变更及历史年度缴费记录核对与补充登记".repeat(4).substring(0, 100);

  private static Browser browser;
  private Counter counter;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    browser = new Browser(folder);
  }

  @AfterAll
  static void stop() {
    browser.close();
  }

  @BeforeEach
  void open() throws Exception {
    counter = Counter.open(0);
    browser.size(1280, 800);
    browser.open(counter.page());
    await().until(counter::shown);
  }

  @AfterEach
  void close() {
    counter.close();
  }

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
    browser.press(Keys.TAB, Keys.TAB, Keys.TAB);
    assertThat(focused()).contains("满意");
    browser.press(Keys.ENTER);
    assertThat(asked.get()).isEqualTo(Evaluation.given(EvaluationLevel.SATISFIED));
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
  void goesIdleWhenNobodyAnswers() throws Exception {
    Future<Evaluation> asked =
        counter.ask(question(Optional.of(ITEM), Optional.empty(), 700), call());
    browser.find(".decline");
    assertThat(asked.get()).isEqualTo(Evaluation.none(Answer.TIMED_OUT));
    await().until(() -> browser.text("h1").contains("您好"));
    assertThat(browser.value("document.body.innerText").toString()).doesNotContain(ITEM);
  }

  @Test
  void markupIsText() throws Exception {
    String markup = "<img src=x onerror=\"document.title='owned'\"><b>&amp;</b>";
    Future<Evaluation> asked = ask(Optional.of(markup), Optional.of("<script>1</script>"));
    assertThat(browser.text(".about dd:nth-of-type(1)")).isEqualTo(markup);
    assertThat(browser.text(".about dd:nth-of-type(2)")).isEqualTo("<script>1</script>");
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
  @CsvSource({"1024,600", "1280,800", "1080,1920", "800,1280"})
  void isReadableAtEachSize(int width, int height) throws Exception {
    browser.size(width, height);
    String size = width + "x" + height;
    looksRight(size + "-idle");
    for (String language : List.of("zh", "en")) {
      Future<Evaluation> asked = ask(Optional.of(ITEM), Optional.of("李某（3 号窗口）"));
      if (language.equals("en")) {
        browser.click(".language");
      }
      looksRight(size + "-evaluation-" + language);
      browser.click(".level:nth-child(3)");
      assertThat(asked.get()).isEqualTo(Evaluation.given(EvaluationLevel.FAIRLY_SATISFIED));
      looksRight(size + "-thanks-" + language);
    }
    Future<Evaluation> asked = ask(Optional.of(LONG), Optional.of("w".repeat(100)));
    looksRight(size + "-evaluation-long");
    browser.click(".decline");
    assertThat(asked.get()).isEqualTo(Evaluation.none(Answer.DECLINED));
    counter.close();
    await().until(() -> !browser.has("#connection[hidden]"));
    looksRight(size + "-disconnected");
  }

  private static void looksRight(String name) throws IOException {
    browser.picture(Path.of("target", "screenshots", name + ".png"));
    assertThat(
            browser.values(
                """
        (() => {
          const small = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const box = walker.currentNode.parentElement;
            const shown = box.getClientRects().length > 0 && walker.currentNode.data.trim() !== '';
            if (shown && parseFloat(getComputedStyle(box).fontSize) < 18) {
              small.push(walker.currentNode.data);
            }
          }
          return small;
        })()"""))
        .as("texts below 18 px in %s", name)
        .isEmpty();
    assertThat(
            browser.values(
                """
        [...document.querySelectorAll('body *')].filter((box) => {
          const place = box.getBoundingClientRect();
          return place.left < 0 || place.top < 0
              || place.right > innerWidth + 0.5 || place.bottom > innerHeight + 0.5
              || (!(box instanceof SVGElement) && box.scrollWidth > box.clientWidth + 1
                  && getComputedStyle(box).display !== 'inline');
        }).map((box) => box.tagName + '.' + box.className)"""))
        .as("cut off in %s", name)
        .isEmpty();
    assertThat(
            browser.values(
                """
        [...document.querySelectorAll('button')].filter(
            (button) => button.offsetWidth < 48 || button.offsetHeight < 48
                || button.textContent.trim() === '').map((button) => button.className)"""))
        .as("buttons that are too small or have no name in %s", name)
        .isEmpty();
  }

  /** Asks and waits until the page shows it. */
  private Future<Evaluation> ask(Optional<String> item, Optional<String> staff) {
    Future<Evaluation> asked = counter.ask(question(item, staff, 30_000), call());
    browser.find(".decline");
    return asked;
  }

  private static String focused() {
    return browser.value("document.activeElement.textContent").toString();
  }
}
