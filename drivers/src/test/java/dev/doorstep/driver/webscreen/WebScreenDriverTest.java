package dev.doorstep.driver.webscreen;

import static dev.doorstep.driver.webscreen.Counter.call;
import static dev.doorstep.driver.webscreen.Counter.failure;
import static dev.doorstep.driver.webscreen.Counter.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.DeviceStatus.Layer;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.Evaluation;
import dev.doorstep.protocol.operation.Evaluation.Answer;
import dev.doorstep.protocol.operation.EvaluationLevel;
import dev.doorstep.simulator.device.Resident;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WebScreenDriverTest {
  private Counter counter;

  @BeforeEach
  void open() throws Exception {
    counter = Counter.open(0);
  }

  @AfterEach
  void close() {
    counter.close();
  }

  @Test
  void isFoundByItsName() {
    assertThat(ServiceLoader.load(Driver.class))
        .filteredOn(driver -> driver instanceof WebScreenDriver)
        .singleElement()
        .satisfies(
            driver -> {
              assertThat(driver.info().name()).isEqualTo("web-screen");
              assertThat(driver.info().kind()).isEqualTo("evaluation-pad");
              assertThat(driver.info().schemes()).containsExactly("screen");
            });
  }

  @Test
  void offersTheEvaluationAsSomethingThatAPersonNotices() {
    assertThat(counter.device().operations().all())
        .extracting(line -> line.type().name())
        .containsExactly(
            "evaluation.ask", "screen.show", "screen.confirm", "screen.sign", "screen.clear");
    assertThat(counter.evaluation().effect().apply(question(Optional.empty(), Optional.empty(), 1)))
        .isEqualTo(Effect.PHYSICAL);
  }

  @Test
  void asksNobodyWhereNoBrowserShowsThePage() throws Exception {
    TestCall call = call();
    Future<Evaluation> asked =
        counter.ask(question(Optional.empty(), Optional.empty(), 1_000), call);
    assertThat(failure(asked)).isEqualTo(ErrorCode.SCREEN_NOT_OPEN);
    assertThat(call.acts()).isZero();
    assertThat(call.notes()).isEmpty();
    assertThat(counter.device().probe(Deadline.after(Duration.ofSeconds(1))).cause())
        .hasValueSatisfying(
            cause -> {
              assertThat(cause.code().is(ErrorCode.SCREEN_NOT_OPEN)).isTrue();
              assertThat(cause.layer().is(Layer.DEVICE)).isTrue();
              assertThat(cause.text()).isEqualTo("open the page on the resident's screen");
            });
  }

  @Test
  void sendsTheQuestionAsDrawn() throws Exception {
    try (TestPage page = page()) {
      assertThat(page.next().toString()).isEqualTo("{\"task\":\"idle\",\"devices\":[]}");
      TestCall call = call();
      Future<Evaluation> asked =
          counter.ask(
              question(Optional.of("社保卡<b>补领</b>"), Optional.of("\"王\"\n\u202e"), 30_000), call);
      JsonNode task = page.next();
      assertThat(task.propertyNames())
          .containsExactlyInAnyOrder("task", "id", "levels", "item", "staff");
      assertThat(task.path("item").asString()).isEqualTo("社保卡<b>补领</b>");
      assertThat(task.path("staff").asString()).isEqualTo("\"王\"\n\u202e");
      assertThat(task.path("id").asString()).matches("[A-Za-z0-9_-]{22}");
      assertThat(task.path("levels").values().stream().map(JsonNode::toString))
          .containsExactly(
              "{\"level\":\"VERY_SATISFIED\",\"zh\":\"非常满意\",\"en\":\"Very satisfied\"}",
              "{\"level\":\"SATISFIED\",\"zh\":\"满意\",\"en\":\"Satisfied\"}",
              "{\"level\":\"FAIRLY_SATISFIED\",\"zh\":\"基本满意\",\"en\":\"Fairly satisfied\"}",
              "{\"level\":\"DISSATISFIED\",\"zh\":\"不满意\",\"en\":\"Dissatisfied\"}",
              "{\"level\":\"VERY_DISSATISFIED\",\"zh\":\"非常不满意\",\"en\":\"Very dissatisfied\"}");
      page.answer(task.path("id").asString(), "'answer':'DECLINED'");
      assertThat(asked.get()).isEqualTo(Evaluation.none(Answer.DECLINED));
      assertThat(call.acts()).isOne();
      assertThat(call.notes()).containsExactly("waiting for the resident's evaluation");
    }
  }

  @Test
  void leavesOutWhatTheCenterDidNotName() throws Exception {
    try (TestPage page = page()) {
      Future<Evaluation> asked = counter.ask();
      JsonNode task = page.nextQuestion();
      assertThat(task.propertyNames()).containsExactlyInAnyOrder("task", "id", "levels");
      page.answer(task.path("id").asString(), "'answer':'DECLINED','level':null");
      assertThat(asked.get()).isEqualTo(Evaluation.none(Answer.DECLINED));
    }
  }

  @ParameterizedTest
  @EnumSource(EvaluationLevel.class)
  void givesTheLevelThatWasPressed(EvaluationLevel level) throws Exception {
    try (TestPage page = page()) {
      Future<Evaluation> asked = counter.ask();
      page.answer(id(page), "'answer':'GIVEN','level':'" + level + "'");
      assertThat(asked.get()).isEqualTo(Evaluation.given(level));
      assertThat(page.next().path("task").asString()).isEqualTo("idle");
    }
  }

  @Test
  void understandsTheSimulatedResident() throws Exception {
    try (Resident resident = Resident.open(counter.page())) {
      await().until(counter::shown);
      assertThat(counter.ask().get()).isEqualTo(Evaluation.given(EvaluationLevel.SATISFIED));
      resident.willPress("VERY_DISSATISFIED");
      assertThat(counter.ask().get())
          .isEqualTo(Evaluation.given(EvaluationLevel.VERY_DISSATISFIED));
      resident.willDecline();
      assertThat(counter.ask().get()).isEqualTo(Evaluation.none(Answer.DECLINED));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "7",
        "\"text\"",
        "{",
        "{}",
        "not json",
        "{'id':'ID'}",
        "{'id':'ID','answer':'GIVEN'}",
        "{'id':'ID','answer':'GIVEN','level':null}",
        "{'id':'ID','answer':'GIVEN','level':'ECSTATIC'}",
        "{'id':'ID','answer':'GIVEN','level':'very_satisfied'}",
        "{'id':'ID','answer':'GIVEN','level':0}",
        "{'id':'ID','answer':'GIVEN','level':['SATISFIED']}",
        "{'id':'ID','answer':'DECLINED','level':'SATISFIED'}",
        "{'id':'ID','answer':'TIMED_OUT'}",
        "{'id':'ID','answer':1}",
        "{'id':'ID','answer':'DECLINED','more':1}",
        "{'id':'ID','answer':'GIVEN','level':'SATISFIED','text':'x'}",
        "{'id':'ID','answer':'GIVEN','level':'SATISFIED','reasons':['406']}",
        "{'id':'ID','answer':'GIVEN','level':'SATISFIED','comment':'x'}",
        "{'id':'ID','answer':'DECLINED','reasons':[]}",
        "{'id':'ID','id':'ID','answer':'DECLINED'}",
        "{'id':'ID','answer':'DECLINED'} {}",
        "{'answer':'DECLINED'}",
        "{'id':null,'answer':'DECLINED'}",
        "{'id':7,'answer':'DECLINED'}",
        "{'id':'forged','answer':'GIVEN','level':'VERY_SATISFIED'}",
        "{'id':'','answer':'DECLINED'}",
        "{'id':{'id':'ID'},'answer':'DECLINED'}"
      })
  void passesOverWhatIsNoAnswer(String message) throws Exception {
    try (TestPage page = page()) {
      Future<Evaluation> asked = counter.ask();
      String id = id(page);
      page.send(message.replace("ID", id).replace('\'', '"'));
      page.answer(id, "'answer':'GIVEN','level':'SATISFIED'");
      assertThat(asked.get()).isEqualTo(Evaluation.given(EvaluationLevel.SATISFIED));
    }
  }

  @Test
  void takesTheReasonsAndTheTextThatWereAskedFor() throws Exception {
    try (TestPage page = page()) {
      Future<Evaluation> asked = counter.ask(Counter.whole(), call());
      JsonNode task = page.nextQuestion();
      assertThat(task.path("comment").asInt()).isEqualTo(500);
      assertThat(task.path("number").asString()).isEqualTo("2026-0042");
      assertThat(task.path("window").asString()).isEqualTo("3 号窗口");
      assertThat(task.path("levels").get(3).path("reasons").get(0).toString())
          .isEqualTo("{\"code\":\"207\",\"zh\":\"没有提供材料样本\",\"en\":\"No samples of the papers\"}");
      page.answer(
          task.path("id").asString(),
          "'answer':'GIVEN','level':'DISSATISFIED','reasons':['214','207'],'comment':' 等了很久\\n '");
      assertThat(asked.get())
          .isEqualTo(
              Evaluation.given(
                  EvaluationLevel.DISSATISFIED,
                  Optional.of(List.of("214", "207")),
                  Optional.of("等了很久")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'reasons':['406']",
        "'reasons':['207','207']",
        "'reasons':['207',null]",
        "'reasons':'207'",
        "'reasons':[{}]",
        "'comment':'\\u0007'",
        "'comment':'LONG'",
        "'comment':7"
      })
  void passesOverWhatWasNotOffered(String more) throws Exception {
    try (TestPage page = page()) {
      Future<Evaluation> asked = counter.ask(Counter.whole(), call());
      String id = id(page);
      page.answer(
          id, "'answer':'GIVEN','level':'DISSATISFIED'," + more.replace("LONG", "x".repeat(501)));
      page.answer(id, "'answer':'GIVEN','level':'SATISFIED','reasons':[],'comment':'  '");
      assertThat(asked.get())
          .isEqualTo(
              Evaluation.given(
                  EvaluationLevel.SATISFIED, Optional.of(List.of()), Optional.empty()));
    }
  }

  @Test
  void passesOverNestingWithoutEnd() throws Exception {
    try (TestPage page = page()) {
      Future<Evaluation> asked = counter.ask();
      String id = id(page);
      page.answer(id, "'answer':" + "[".repeat(2_000) + "]".repeat(2_000));
      page.answer(id, "'answer':'DECLINED'");
      assertThat(asked.get()).isEqualTo(Evaluation.none(Answer.DECLINED));
    }
  }

  @Test
  void countsTheFirstAnswerAlone() throws Exception {
    try (TestPage page = page()) {
      Future<Evaluation> first = counter.ask();
      String id = id(page);
      page.answer(id, "'answer':'GIVEN','level':'SATISFIED'");
      page.answer(id, "'answer':'GIVEN','level':'DISSATISFIED'");
      assertThat(first.get()).isEqualTo(Evaluation.given(EvaluationLevel.SATISFIED));
      counter.device().idle(Deadline.after(Duration.ofSeconds(1)));
      Future<Evaluation> second = counter.ask();
      page.answer(id, "'answer':'GIVEN','level':'DISSATISFIED'");
      page.answer(id(page), "'answer':'DECLINED'");
      assertThat(second.get()).isEqualTo(Evaluation.none(Answer.DECLINED));
    }
  }

  @Test
  void endsAfterTheWaitAndNoLaterAnswerCounts() throws Exception {
    try (TestPage page = page()) {
      Future<Evaluation> asked =
          counter.ask(question(Optional.empty(), Optional.empty(), 150), call());
      String id = id(page);
      assertThat(asked.get()).isEqualTo(Evaluation.none(Answer.TIMED_OUT));
      assertThat(page.next().path("task").asString()).isEqualTo("idle");
      page.answer(id, "'answer':'GIVEN','level':'SATISFIED'");
      Future<Evaluation> next = counter.ask();
      String other = id(page);
      assertThat(other).isNotEqualTo(id);
      page.answer(id, "'answer':'GIVEN','level':'SATISFIED'");
      page.answer(other, "'answer':'DECLINED'");
      assertThat(next.get()).isEqualTo(Evaluation.none(Answer.DECLINED));
    }
  }

  @Test
  void endsAtTheDeadlineOfTheCommandIfThatIsSooner() throws Exception {
    try (TestPage page = page()) {
      Future<Evaluation> asked =
          counter.ask(
              question(Optional.empty(), Optional.empty(), 60_000),
              new TestCall(Duration.ofMillis(150)));
      assertThat(asked.get(5, TimeUnit.SECONDS)).isEqualTo(Evaluation.none(Answer.TIMED_OUT));
      assertThat(page.next().path("task").asString()).isEqualTo("idle");
    }
  }

  @Test
  void aCancelledQuestionDisappearsAndIsNoEvaluation() throws Exception {
    try (TestPage page = page()) {
      TestCall call = call();
      Future<Evaluation> asked =
          counter.ask(question(Optional.empty(), Optional.empty(), 60_000), call);
      String id = id(page);
      call.cancel();
      assertThat(page.next().path("task").asString()).isEqualTo("idle");
      assertThat(failure(asked)).isEqualTo(ErrorCode.STOPPING);
      page.answer(id, "'answer':'DECLINED'");
      counter.device().idle(Deadline.after(Duration.ofSeconds(1)));
      assertThat(counter.device().probe(Deadline.after(Duration.ofSeconds(1))).cause()).isEmpty();
      Future<Evaluation> next = counter.ask();
      page.answer(id(page), "'answer':'DECLINED'");
      assertThat(next.get()).isEqualTo(Evaluation.none(Answer.DECLINED));
    }
  }

  @Test
  void aPageThatComesBackShowsTheQuestionAgain() throws Exception {
    Future<Evaluation> asked;
    String id;
    try (TestPage page = page()) {
      asked = counter.ask();
      id = id(page);
    }
    try (TestPage page = new TestPage(counter.page())) {
      assertThat(id(page)).isEqualTo(id);
      page.answer(id, "'answer':'GIVEN','level':'FAIRLY_SATISFIED'");
      assertThat(asked.get()).isEqualTo(Evaluation.given(EvaluationLevel.FAIRLY_SATISFIED));
    }
  }

  @Test
  void theFirstOfTwoPagesAnswers() throws Exception {
    try (TestPage left = page();
        TestPage right = page()) {
      Future<Evaluation> asked = counter.ask();
      String id = id(left);
      assertThat(id(right)).isEqualTo(id);
      right.answer(id, "'answer':'GIVEN','level':'DISSATISFIED'");
      assertThat(asked.get()).isEqualTo(Evaluation.given(EvaluationLevel.DISSATISFIED));
      assertThat(left.next().path("task").asString()).isEqualTo("idle");
    }
  }

  @Test
  void aServerThatEndsIsADisconnection() throws Exception {
    try (TestPage page = page()) {
      Future<Evaluation> asked = counter.ask();
      assertThat(id(page)).isNotEmpty();
      counter.close();
      assertThat(failure(asked)).isEqualTo(ErrorCode.DISCONNECTED);
      assertThatThrownBy(() -> counter.device().idle(Deadline.after(Duration.ofSeconds(1))))
          .isInstanceOf(DeviceException.class);
    }
  }

  @Test
  void printsNothingOfTheQuestion() {
    assertThat(EvaluationTask.of(question(Optional.of("社保卡"), Optional.of("王某"), 1_000)).toString())
        .doesNotContain("社保卡", "王某");
  }

  /** A page that the server knows of. */
  private TestPage page() {
    TestPage page = new TestPage(counter.page());
    await().until(counter::shown);
    return page;
  }

  private static String id(TestPage page) throws InterruptedException {
    return page.nextQuestion().path("id").asString();
  }
}
