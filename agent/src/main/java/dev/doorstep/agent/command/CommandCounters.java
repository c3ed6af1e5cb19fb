package dev.doorstep.agent.command;

import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What is counted of commands. Any thread. Device names come from the configuration alone. */
public final class CommandCounters {
  private final MeterRegistry meters;
  private final Map<List<String>, Counter> ends = new ConcurrentHashMap<>();
  private final Map<List<String>, Timer> times = new ConcurrentHashMap<>();

  /** Counts into a registry. */
  public CommandCounters(MeterRegistry meters) {
    this.meters = meters;
  }

  /** A command ended that a lane took; its time at the device counts if it succeeded. */
  public void ended(String device, String operation, Reply last) {
    count(device, last.state().text(), last.error());
    if (last.state().is(State.SUCCEEDED)) {
      Timer timer =
          times.computeIfAbsent(
              List.of(device, operation),
              of ->
                  meters.timer("doorstep.command.time", "device", device, "operation", operation));
      last.times().ifPresent(times -> timer.record(times.device()));
    }
  }

  /** A command was not taken. */
  public void rejected(String device, Problem problem) {
    count(device, State.REJECTED.toString(), Optional.of(problem));
  }

  /** A command came again; {@code doorstep.commands.repeated}. */
  public void repeated() {
    meters.counter("doorstep.commands.repeated").increment();
  }

  /** A message was dropped without a reply; {@code doorstep.commands.dropped} by reason. */
  public void dropped(String reason) {
    meters.counter("doorstep.commands.dropped", "reason", reason).increment();
  }

  private void count(String device, String state, Optional<Problem> error) {
    String code = error.map(problem -> problem.code().text()).orElse("none");
    ends.computeIfAbsent(
            List.of(device, state, code),
            of ->
                meters.counter(
                    "doorstep.commands", "device", device, "state", state, "error", code))
        .increment();
  }
}
