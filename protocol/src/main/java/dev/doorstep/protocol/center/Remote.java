package dev.doorstep.protocol.center;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.operation.Received;
import dev.doorstep.protocol.operation.ResendPieces;
import dev.doorstep.protocol.operation.Resent;
import java.util.concurrent.CompletionStage;

/** What a point's agent is asked for about its documents. */
interface Remote {
  /** Has the point send pieces again. */
  CompletionStage<Resent> resend(String point, ResendPieces pieces);

  /** Tells the point that a document need not be kept any more. */
  void release(String point, String blob);

  /** Asks which pieces of an upload the point has not got. */
  CompletionStage<Received> received(String point, Content.Blob blob);
}
