package dev.doorstep.agent.command;

import dev.doorstep.agent.blob.OutgoingBlob;
import dev.doorstep.agent.device.Defects;
import dev.doorstep.agent.device.DeviceLane;
import dev.doorstep.agent.device.DeviceRegistry;
import dev.doorstep.agent.journal.CommandKey;
import dev.doorstep.agent.journal.JournalException;
import dev.doorstep.driver.Operations;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ContentException;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.InvalidMessageException;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.Outcome;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.operation.CancelCommand;
import dev.doorstep.protocol.operation.Cancellation;
import dev.doorstep.protocol.operation.Cancellation.Answer;
import dev.doorstep.protocol.operation.CountReceived;
import dev.doorstep.protocol.operation.DescribeAgent;
import dev.doorstep.protocol.operation.Description;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import dev.doorstep.protocol.operation.ReleaseBlob;
import dev.doorstep.protocol.operation.Released;
import dev.doorstep.protocol.operation.ResendPieces;
import dev.doorstep.protocol.operation.Resent;
import dev.doorstep.protocol.schema.OperationSchema;
import dev.doorstep.protocol.schema.Schemas;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What the agent itself can do, on the device name {@code agent}. Any thread; waits for nobody. */
final class AgentOperations {
  private final DeviceRegistry devices;
  private final Books books;
  private final Executor background;
  private final Map<String, Line<?, ?>> lines = new LinkedHashMap<>();

  AgentOperations(DeviceRegistry devices, Books books, Executor background) {
    this.devices = devices;
    this.books = books;
    this.background = background;
    add(CancelCommand.TYPE, this::cancel);
    add(ResendPieces.TYPE, this::resend);
    add(ReleaseBlob.TYPE, this::release);
    add(CountReceived.TYPE, this::received);
    add(DescribeAgent.TYPE, this::describe);
  }

  /** A command whose parameters are right. */
  interface Action {
    /**
     * Carries it out.
     *
     * @param end told once how it ended, now or later
     */
    void run(Entry command, Consumer<Outcome> end);
  }

  private interface Work<P> {
    void run(P parameters, Entry command, Consumer<Outcome> end);
  }

  private record Line<P extends Operation<R>, R>(OperationType<P, R> type, Work<P> work) {
    Action prepare(Command command) throws InvalidMessageException {
      P parameters = Codec.parameters(type, command.parameters());
      return (entry, end) -> work.run(parameters, entry, end);
    }
  }

  private <P extends Operation<R>, R> void add(OperationType<P, R> type, Work<P> work) {
    lines.put(type.name(), new Line<>(type, work));
  }

  /** Looks at a command before it is taken. */
  Action prepare(Command command) throws Refusal {
    Line<?, ?> line = lines.get(command.operation());
    if (line == null) {
      throw new Refusal(ErrorCode.UNSUPPORTED, "the agent does not offer this operation");
    }
    try {
      return line.prepare(command);
    } catch (InvalidMessageException e) {
      throw new Refusal(ErrorCode.INVALID_PARAMETERS, String.valueOf(e.getMessage()));
    }
  }

  private void cancel(CancelCommand parameters, Entry command, Consumer<Outcome> end) {
    CommandKey key = new CommandKey(command.key().client(), parameters.id());
    Optional<Entry> target = books.commands().find(key);
    Optional<Runnable> underway = target.flatMap(Entry::underway);
    if (underway.isPresent()) {
      target.get().whenTold(state -> end.accept(cancelled(state)));
      underway.get().run();
      return;
    }
    try {
      boolean known =
          target.isPresent()
              || (books.journal().isPresent() && books.journal().get().find(key).isPresent());
      end.accept(answer(known ? Answer.TOO_LATE : Answer.NOT_FOUND));
    } catch (JournalException e) {
      end.accept(new Outcome.Failed(problem(e.code(), String.valueOf(e.getMessage()))));
    }
  }

  private static Outcome cancelled(State state) {
    return answer(state == State.CANCELLED ? Answer.CANCELLED : Answer.TOO_LATE);
  }

  private static Outcome answer(Answer answer) {
    return new Outcome.Succeeded(new Cancellation(OpenEnum.of(answer)));
  }

  private void resend(ResendPieces parameters, Entry command, Consumer<Outcome> end) {
    Optional<OutgoingBlob> blob = books.blobs().find(command.key().client(), parameters.blob());
    if (blob.isEmpty()) {
      end.accept(new Outcome.Failed(problem(ErrorCode.GONE, "no document of this name is kept")));
      return;
    }
    int pieces = blob.get().description().pieces();
    List<Integer> wanted = parameters.pieces().stream().filter(n -> n < pieces).distinct().toList();
    end.accept(new Outcome.Succeeded(new Resent(wanted.size())));
    command.replyTo().sendPieces(blob.get(), wanted);
  }

  private void release(ReleaseBlob parameters, Entry command, Consumer<Outcome> end) {
    boolean released = books.blobs().release(command.key().client(), parameters.blob());
    end.accept(new Outcome.Succeeded(new Released(released)));
  }

  private void received(CountReceived parameters, Entry command, Consumer<Outcome> end) {
    Content.Blob document = (Content.Blob) parameters.document(); // its constructor saw to it
    background.execute(() -> end.accept(received(command.key().client(), document)));
  }

  /** Reads the whole document where it is complete, to compare its digest. */
  private Outcome received(String client, Content.Blob document) {
    try {
      return new Outcome.Succeeded(books.blobs().received(client, document));
    } catch (ContentException e) {
      return new Outcome.Failed(problem(e.code(), String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      Defects.log("upload", e);
      return new Outcome.Failed(problem(ErrorCode.INTERNAL, "a defect of the agent"));
    }
  }

  private void describe(DescribeAgent parameters, Entry command, Consumer<Outcome> end) {
    Set<OperationType<?, ?>> types = new LinkedHashSet<>();
    String only = parameters.device().orElse(CommandDispatcher.AGENT);
    if (only.equals(CommandDispatcher.AGENT)) {
      lines.values().forEach(line -> types.add(line.type()));
    } else if (devices.find(only).isEmpty()) {
      end.accept(new Outcome.Rejected(problem(ErrorCode.UNKNOWN_DEVICE, "no device of this name")));
      return;
    }
    for (DeviceLane lane : devices.lanes()) {
      if (parameters.device().isEmpty() || lane.id().equals(only)) {
        types.add(ReadDeviceStatus.TYPE);
        lane.operations().map(Operations::all).orElse(List.of()).forEach(e -> types.add(e.type()));
      }
    }
    Map<String, Description.Described> schemas = new LinkedHashMap<>();
    for (OperationType<?, ?> type : types) {
      OperationSchema schema = Schemas.of(type);
      schemas.put(
          schema.digest(),
          new Description.Described(schema.operation(), schema.parameters(), schema.result()));
    }
    end.accept(new Outcome.Succeeded(new Description(schemas)));
  }

  private Problem problem(ErrorCode code, String detail) {
    return Problem.of(code, detail, books.locale());
  }
}
