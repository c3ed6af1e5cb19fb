package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ContentException;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One service point as a center sees it; made by {@link Center#point}. */
public final class Point {
  private final String id;
  private final Calls calls;
  private final Presence presence;
  private final Uploads uploads;
  private final Remote agents;

  Point(String id, Calls calls, Presence presence, Uploads uploads, Remote agents) {
    this.id = Names.check("point", id);
    this.calls = calls;
    this.presence = presence;
    this.uploads = uploads;
    this.agents = agents;
  }

  /** The point's id. */
  public String id() {
    return id;
  }

  /**
   * Whether the point is online, by its retained status; a late will of an earlier start of the
   * point is seen through. Asks the broker the first time, which takes a moment, at most two
   * seconds for a point that never was there; without a connection it waits for the next.
   */
  public CompletionStage<Boolean> isOnline() {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    presence.ask(id, absence -> answer.complete(absence.isEmpty()));
    return answer;
  }

  /** As {@link #call(String, Operation, CallOptions)}, with a new id and the usual expiry. */
  public <R> CompletionStage<R> call(String device, Operation<R> operation, Duration timeout) {
    return call(device, operation, CallOptions.of(timeout));
  }

  /**
   * Has a device carry out an operation. Does not block; without a connection the command waits for
   * the next one until it expires. A point that is not online is not waited for, unless the options
   * say so: the call ends {@code rejected} with NOT_ONLINE. Documents of more than 48 KiB in the
   * parameters are sent up first, which reads them here and now, and are released when the call has
   * ended.
   *
   * @return the result; or, exceptionally, {@link CallFailedException} for every other end, and
   *     {@link dev.doorstep.protocol.InvalidMessageException} if the result is not of its record's
   *     form. {@link Center} tells on which thread
   * @throws IllegalArgumentException if a name is not valid, the timeout or the case is out of its
   *     range, a document cannot be read, or a call of this id is under way at the point
   * @throws IllegalStateException if the client is closed
   */
  public <R> CompletionStage<R> call(String device, Operation<R> operation, CallOptions options) {
    CallOptions named = options.withId(options.id().orElseGet(Names::random));
    Map<Content.Blob, UploadSource> large = new LinkedHashMap<>();
    ObjectNode parameters = parameters(operation, named.id().orElseThrow(), large);
    Command command = command(operation.type().name(), parameters, named);
    if (large.isEmpty()) {
      PendingCall<R> call = pending(device, command, named, reading(device, operation));
      calls.begin(call, named.queued());
      return call.result();
    }
    Names.check("device", device);
    PendingCall.Key key = new PendingCall.Key(id, command.id());
    // The ids of the documents follow from the command's: a second call would take them away.
    calls.reserve(key);
    CompletableFuture<R> result = new CompletableFuture<>();
    var unused =
        sent(large, named)
            .whenComplete(
                (all, e) -> {
                  if (e != null) {
                    calls.giveUp(key);
                  }
                })
            .thenCompose(
                all -> {
                  PendingCall<R> call = pending(device, command, named, reading(device, operation));
                  calls.beginReserved(call, named.queued());
                  return call.result()
                      .whenComplete(
                          (value, e) ->
                              large.keySet().forEach(blob -> agents.release(id, blob.id())));
                })
            .whenComplete(
                (value, e) -> {
                  if (e == null) {
                    result.complete(value);
                  } else {
                    boolean wrapped = e instanceof CompletionException && e.getCause() != null;
                    result.completeExceptionally(wrapped ? e.getCause() : e);
                  }
                });
    return result;
  }

  /** Sends documents up, one after the other. */
  private CompletionStage<?> sent(Map<Content.Blob, UploadSource> large, CallOptions options) {
    CompletionStage<?> sent =
        options.queued()
            ? uploads.online(id, options.expiry())
            : CompletableFuture.completedFuture(id);
    for (Map.Entry<Content.Blob, UploadSource> document : large.entrySet()) {
      sent = sent.thenCompose(before -> uploads.upload(id, document.getKey(), document.getValue()));
    }
    return sent;
  }

  private <R> PendingCall.Reading<R> reading(String device, Operation<R> operation) {
    return reply -> {
      if (reply.state().is(State.SUCCEEDED)) {
        return Codec.read(
            operation.type().result(),
            reply.result().orElseGet(JsonNodeFactory.instance::objectNode));
      }
      throw new CallFailedException(operation.type().name() + " at " + id + "/" + device, reply);
    };
  }

  /** The parameters as a tree, and the documents that have to go up before it. */
  private ObjectNode parameters(
      Operation<?> operation, String command, Map<Content.Blob, UploadSource> large) {
    try {
      return (ObjectNode)
          Codec.tree(
              operation,
              content -> {
                UploadSource source = source(content);
                try {
                  Content.Blob blob = uploads.describe(command, content.contentType(), source);
                  large.put(blob, source);
                  return blob;
                } catch (IOException e) {
                  throw new ContentException(
                      ErrorCode.INVALID_PARAMETERS, "a document cannot be read", e);
                }
              });
    } catch (ContentException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static UploadSource source(Content content) {
    return content instanceof Content.Stored stored
        ? stored::open
        : () -> new ByteArrayInputStream(((Content.Data) content).bytes());
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
    PendingCall<Reply> call =
        pending(device, command(operation, parameters, options), options, reply -> reply);
    calls.begin(call, options.queued());
    return call.result();
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

  private <R> PendingCall<R> pending(
      String device, Command command, CallOptions options, PendingCall.Reading<R> reading) {
    return new PendingCall<>(
        new PendingCall.Key(id, command.id()),
        Names.check("device", device),
        command,
        options.expiry(),
        options.updates(),
        reading);
  }

  /** The point's id. */
  @Override
  public String toString() {
    return id;
  }
}
