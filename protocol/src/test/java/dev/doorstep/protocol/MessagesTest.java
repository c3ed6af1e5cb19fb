package dev.doorstep.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MessagesTest {
  private static <T> T read(Class<T> form, String json) throws InvalidMessageException {
    return Codec.read(form, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static void same(Object record, String json) throws InvalidMessageException {
    assertThat(JsonMapper.shared().readTree(Codec.write(record)))
        .isEqualTo(JsonMapper.shared().readTree(json.replace('\'', '"')));
    assertThat((Object) read(record.getClass(), json)).isEqualTo(record);
  }

  @Test
  void mapWholeReplies() throws Exception {
    Problem problem =
        new Problem(
            OpenEnum.of(ErrorCode.NO_CARD),
            OpenEnum.of(ErrorCode.Kind.DEVICE),
            true,
            "place it",
            "SW3 80");
    same(
        new Reply(
            Optional.of("a1"),
            OpenEnum.of(State.FAILED),
            OptionalInt.of(3),
            Optional.of("waiting"),
            Optional.of(JsonMapper.shared().readTree("{\"a\":[1,null]}")),
            Optional.of(problem),
            Optional.of(new Reply.Times(Duration.ofMillis(2), Duration.ofMillis(1400))),
            Optional.of("2026-1")),
        "{'id':'a1','state':'failed','position':3,'note':'waiting','result':{'a':[1,null]},"
            + "'error':{'code':'NO_CARD','kind':'DEVICE','retryable':true,'recovery':'place it',"
            + "'detail':'SW3 80'},'times':{'queued':'PT0.002S','device':'PT1.4S'},'case':'2026-1'}");
  }

  @Test
  void leaveOutOfAReplyWhatDoesNotApply() throws Exception {
    Reply reply = read(Reply.class, "{'state':'running'}");

    assertThat(Codec.tree(reply)).hasToString("{\"state\":\"running\"}");
    assertThat(reply.id()).isEmpty();
    assertThat(reply.position()).isEmpty();
    assertThat(reply.isFinal()).isFalse();
  }

  @Test
  void readAReplyOfTomorrow() throws Exception {
    Reply reply =
        read(
            Reply.class,
            "{'id':'a','state':'paused','new':{'x':[1]},'error':{'code':'x-vendor.JAM','kind':'MOON',"
                + "'retryable':false,'more':1},'times':null}");

    assertThat(reply.state().text()).isEqualTo("paused");
    assertThat(reply.isFinal()).isFalse();
    Problem problem = reply.error().orElseThrow();
    assertThat(problem.code().text()).isEqualTo("x-vendor.JAM");
    assertThat(problem.code().as(ErrorCode.class)).isEmpty();
    assertThat(problem.kind().as(ErrorCode.Kind.class)).isEmpty();
    assertThat(problem.detail()).isEmpty();
    assertThat(problem.recovery()).isEmpty();
  }

  @Test
  void refuseRepliesThatAreNone() {
    for (String json :
        List.of(
            "{}",
            "{'state':null}",
            "{'state':1}",
            "{'state':'" + "x".repeat(65) + "'}",
            "{'state':'failed','error':{}}",
            "{'state':'failed','error':{'code':'A'}}",
            "{'state':'failed','times':{'queued':'PT1S'}}",
            "{'state':'accepted','position':'1'}")) {
      assertThatThrownBy(() -> read(Reply.class, json))
          .as(json)
          .isInstanceOf(InvalidMessageException.class);
    }
  }

  @Test
  void tellFinalStatesFromOthers() {
    assertThat(List.of(State.values()).stream().filter(state -> !state.isFinal()))
        .containsExactly(State.ACCEPTED, State.RUNNING);
    assertThat(OpenEnum.of(State.SUCCEEDED).text()).isEqualTo("succeeded");
    assertThat(OpenEnum.of(State.SUCCEEDED).as(State.class)).contains(State.SUCCEEDED);
    assertThat(new OpenEnum<State>("SUCCEEDED").is(State.SUCCEEDED)).isFalse();
  }

  @Test
  void mapRetainedDocuments() throws Exception {
    same(PointStatus.of(PointStatus.State.LOST, "k7Qm"), "{'state':'lost','session':'k7Qm'}");
    same(
        new PointAbout(
            Optional.of("石门二路居委会服务点"),
            Optional.of("上海市静安区"),
            Optional.of("310106"),
            List.of(121.458, 31.232),
            Optional.of("Mo-Fr 08:30-16:30"),
            OpenEnum.of(PointAbout.Service.OPEN),
            Instant.parse("2026-01-02T03:04:05Z"),
            "1.0.0",
            "k7Qm",
            List.of("reader")),
        "{'name':'石门二路居委会服务点','address':'上海市静安区','area':'310106','location':[121.458,31.232],"
            + "'hours':'Mo-Fr 08:30-16:30','record':'OPEN','since':'2026-01-02T03:04:05Z',"
            + "'version':'1.0.0','session':'k7Qm','devices':['reader']}");
    same(
        new DeviceStatus(
            OpenEnum.of(DeviceStatus.State.READY),
            Instant.parse("2026-01-02T03:04:05Z"),
            "receipt-printer",
            "esc-pos",
            Optional.of("TM-T88"),
            Optional.of("X1"),
            Optional.of(
                new DeviceStatus.Cause(
                    OpenEnum.of(ErrorCode.OUT_OF_PAPER),
                    OpenEnum.of(DeviceStatus.Layer.SUPPLY),
                    "put in paper")),
            List.of(new DeviceStatus.Supply("paper", OpenEnum.of(DeviceStatus.Supply.Level.EMPTY))),
            Map.of(
                "ticket.print",
                new DeviceStatus.Offer(Optional.of("sha256:0"), Map.of("queue", 16L))),
            "k7Qm"),
        "{'state':'READY','since':'2026-01-02T03:04:05Z','kind':'receipt-printer','driver':'esc-pos',"
            + "'model':'TM-T88','serial':'X1','cause':{'code':'OUT_OF_PAPER','layer':'SUPPLY',"
            + "'text':'put in paper'},'supplies':[{'name':'paper','level':'EMPTY'}],"
            + "'operations':{'ticket.print':{'schema':'sha256:0','limits':{'queue':16}}},'session':'k7Qm'}");
  }

  @Test
  void readSparseRetainedDocumentsOfTomorrow() throws Exception {
    DeviceStatus device =
        read(
            DeviceStatus.class,
            "{'state':'ASLEEP','since':'2026-01-02T03:04:05Z','kind':'k','driver':'d','session':'s',"
                + "'cause':null,'operations':{'x.y':{'schema':'sha256:0','limits':{}}},'new':1}");
    assertThat(device.state().as(DeviceStatus.State.class)).isEmpty();
    assertThat(device.supplies()).isEmpty();
    assertThat(device.operations()).containsOnlyKeys("x.y");

    PointAbout about =
        read(
            PointAbout.class,
            "{'record':'OPEN','since':'2026-01-02T03:04:05Z','version':'9','session':'s'}");
    assertThat(about.devices()).isEmpty();
    assertThat(about.location()).isEmpty();
    for (String json : List.of("{}", "{'state':'online'}")) {
      assertThatThrownBy(() -> read(PointStatus.class, json))
          .isInstanceOf(InvalidMessageException.class);
    }
    assertThatThrownBy(
            () ->
                read(
                    PointAbout.class,
                    "{'record':'OPEN','since':'2026-01-02T03:04:05Z','version':'9','session':'s',"
                        + "'location':[1]}"))
        .hasMessageContaining("longitude and latitude");
  }

  @Test
  void tellOutcomes() {
    Problem problem = Problem.of(ErrorCode.BUSY, "8 wait", Locale.ENGLISH);
    Outcome[] outcomes = {
      new Outcome.Succeeded("secret"),
      new Outcome.Failed(problem),
      new Outcome.Cancelled(),
      new Outcome.Expired(problem),
      new Outcome.Rejected(problem),
      new Outcome.Unknown(problem)
    };
    assertThat(outcomes)
        .extracting(Outcome::state)
        .allMatch(State::isFinal)
        .containsExactlyInAnyOrder(
            List.of(State.values()).stream().filter(State::isFinal).toArray(State[]::new));
    assertThat(outcomes).filteredOn(o -> o.error().isPresent()).hasSize(4);
    assertThat(outcomes[0]).hasToString("Succeeded[String]");
  }
}
