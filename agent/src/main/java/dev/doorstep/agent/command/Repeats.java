package dev.doorstep.agent.command;

import dev.doorstep.agent.blob.OutgoingBlob;
import dev.doorstep.agent.journal.CommandKey;
import dev.doorstep.agent.journal.Known;
import dev.doorstep.protocol.BlobReferences;
import dev.doorstep.protocol.Command;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.Problem;
import dev.doorstep.protocol.Reply;
import dev.doorstep.protocol.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers commands that came before. */
final class Repeats {
  private final Books books;

  Repeats(Books books) {
    this.books = books;
  }

  /** One that is in memory: joins it, or tells its end again, documents and all. */
  void answer(Entry known, Digest digest, Request request) throws Refusal {
    if (!known.asksFor(digest)) {
      throw conflict();
    }
    books.counters().repeated();
    known.whenSafe(request.safe());
    Optional<WrittenReply> last = known.join(request.replyTo());
    if (last.isPresent()) {
      tell(last.get(), known.key(), request);
    } else if (books.journal().isPresent() && request.replyTo().address().isPresent()) {
      books.journal().get().readdress(known.key(), request.replyTo().address().get());
    }
  }

  /** One that is in the journal alone. */
  void answer(Known known, Digest digest, Command command, Request request) throws Refusal {
    if (!known.digest().equals(digest.hex())) {
      throw conflict();
    }
    books.counters().repeated();
    WrittenReply last =
        known
            .reply()
            .flatMap(Replies::stored)
            .orElseGet(() -> WrittenReply.of(gone(command, known)));
    tell(last, new CommandKey(request.client(), command.id()), request);
    request.safe().run();
  }

  private void tell(WrittenReply last, CommandKey key, Request request) {
    Optional<List<OutgoingBlob>> blobs = blobs(last.whole(), key.client());
    WrittenReply told =
        blobs.isPresent()
            ? last
            : WrittenReply.of(last.head().failedInstead(problem("its document is no longer kept")));
    request
        .replyTo()
        .send(
            told,
            blobs.orElse(List.of()),
            () -> books.journal().ifPresent(journal -> journal.delivered(key)));
  }

  /** The documents of a result, or empty if one of them is gone. */
  private Optional<List<OutgoingBlob>> blobs(Reply last, String client) {
    List<OutgoingBlob> found = new ArrayList<>();
    for (Content.Blob blob : last.result().map(BlobReferences::in).orElse(List.of())) {
      Optional<OutgoingBlob> kept = books.blobs().find(client, blob.id());
      if (kept.isEmpty()) {
        return Optional.empty();
      }
      found.add(kept.get());
    }
    return Optional.of(found);
  }

  /** What a repeat is told of a command whose reply was not kept: it ended, and how is known. */
  private Reply gone(Command command, Known known) {
    State end = known.end().orElse(State.UNKNOWN);
    Problem problem = problem("the command ended " + end);
    if (known.acting()) { // something was done, and must not be done again for want of its reply
      Problem look = Replies.inDoubt(problem, books.locale());
      return Replies.failed(command.id(), State.UNKNOWN, look, command.caseNumber());
    }
    State told = end == State.SUCCEEDED ? State.FAILED : end;
    return Replies.failed(command.id(), told, problem, command.caseNumber());
  }

  private Problem problem(String detail) {
    return Problem.of(ErrorCode.RESULT_GONE, detail, books.locale());
  }

  private static Refusal conflict() {
    return new Refusal(ErrorCode.CONFLICT, "another command came under this id before");
  }
}
