package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One service point as a center sees it; made by {@link Center#point}. */
public final class Point {
  private final String id;
  private final Calls calls;

  Point(String id, Calls calls) {
    this.id = Names.check("point", id);
    this.calls = calls;
  }

  /** The point's id. */
  public String id() {
    return id;
  }

  /** As {@link #call(String, Operation, CallOptions)}, with a new id and the usual expiry. */
  public <R> CompletionStage<R> call(String device, Operation<R> operation, Duration timeout) {
    return call(device, operation, CallOptions.of(timeout));
  }

  /**
   * Has a device carry out an operation. Does not block; without a connection the command waits for
   * the next one until it expires.
   *
   * @return the result; or, exceptionally, {@link CallFailedException} for every other end, and
   *     {@link dev.doorstep.protocol.InvalidMessageException} if the result is not of its record's
   *     form. {@link Center} tells on which thread
   * @throws IllegalArgumentException if a name is not valid, the timeout or the case is out of its
   *     range, or a call of this id is under way at the point
   * @throws IllegalStateException if the client is closed
   */
  public <R> CompletionStage<R> call(String device, Operation<R> operation, CallOptions options) {
    String name = operation.type().name();
    return begin(
        device,
        command(name, Codec.tree(operation), options),
        options,
        reply -> {
          if (reply.state().is(State.SUCCEEDED)) {
            return Codec.read(
                operation.type().result(),
                reply.result().orElseGet(JsonNodeFactory.instance::objectNode));
          }
          throw new CallFailedException(name + " at " + id + "/" + device, reply);
        });
  }

  /**
   * Has a device carry out an operation that is given by name, for command lines and the like.
   *
   * @param operation the operation's name; it need not be known here
   * @param parameters its parameters, sent as they are
   * @return the final reply of whatever state, its result as it came
   * @throws IllegalArgumentException as for a typed call
   * @throws IllegalStateException if the client is closed
   */
  public CompletionStage<Reply> call(
      String device, String operation, ObjectNode parameters, CallOptions options) {
    return begin(device, command(operation, parameters, options), options, reply -> reply);
  }

  private static Command command(String operation, ObjectNode parameters, CallOptions options) {
    return new Command(
        options.id().orElseGet(Names::random),
        operation,
        parameters,
        options.timeout(),
        options.updates().isPresent(),
        options.caseNumber());
  }

  private <R> CompletionStage<R> begin(
      String device, Command command, CallOptions options, PendingCall.Reading<R> reading) {
    PendingCall<R> call =
        new PendingCall<>(
            new PendingCall.Key(id, command.id()),
            Names.check("device", device),
            command,
            options.expiry(),
            options.updates(),
            reading);
    calls.begin(call);
    return call.result();
  }

  /** The point's id. */
  @Override
  public String toString() {
    return id;
  }
}
