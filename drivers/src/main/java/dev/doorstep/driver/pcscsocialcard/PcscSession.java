package dev.doorstep.driver.pcscsocialcard;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminals;
import jnasmartcardio.Smartcardio;
import jnasmartcardio.Smartcardio.JnaCardTerminals;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A session with the PC/SC service: one context, and the one thread that makes native calls on it.
 * Any thread may close it; a call that is under way then ends at once, and the context is released
 * as soon as the native call has come back.
 */
final class PcscSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PcscSession.class);

  private final ExecutorService calls =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "doorstep-pcsc");
            thread.setDaemon(true);
            return thread;
          });
  private volatile CompletableFuture<?> pending = CompletableFuture.completedFuture("");
  private volatile boolean closed;
  private @Nullable JnaCardTerminals context; // of the one thread

  /** A native call. */
  interface Native<T> {
    /** Made by the session's thread. */
    T call(CardTerminals readers) throws CardException, DeviceException;
  }

  /**
   * Makes a native call and waits for it.
   *
   * @throws DeviceException {@code TIMEOUT} if it does not come back in time: the session is closed
   *     then; {@code DISCONNECTED} if it was closed meanwhile; what the call tells
   */
  <T> T call(Native<T> call, Deadline deadline) throws DeviceException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    pending = answer;
    demandOpen();
    try {
      calls.execute(() -> make(call, answer));
      return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException | CancellationException e) {
      throw gone();
    } catch (TimeoutException e) {
      close(); // what comes back later would be taken for the answer to the next call
      throw new DeviceException(ErrorCode.TIMEOUT, "the PC/SC service does not come back", e);
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw gone();
    } catch (ExecutionException e) {
      throw told(e.getCause());
    }
  }

  /** Whether it was closed. */
  boolean closed() {
    return closed;
  }

  /**
   * Makes sure that it is open.
   *
   * @throws DeviceException {@code DISCONNECTED} if it was closed
   */
  void demandOpen() throws DeviceException {
    if (closed) {
      throw gone();
    }
  }

  /** Ends the call that is under way, and leaves the service. */
  @Override
  public void close() {
    closed = true;
    pending.cancel(false);
    try {
      calls.execute(this::release);
    } catch (RejectedExecutionException e) {
      LOG.trace("closed before", e);
    }
    calls.shutdown();
  }

  private <T> void make(Native<T> call, CompletableFuture<T> answer) {
    if (answer.isDone()) {
      return; // nobody waits any more
    }
    try {
      JnaCardTerminals readers = context;
      if (readers == null) {
        readers =
            (JnaCardTerminals) new Smartcardio.JnaTerminalFactorySpi("PC/SC").engineTerminals();
        context = readers;
      }
      answer.complete(call.call(readers));
    } catch (CardException | DeviceException | RuntimeException | LinkageError e) {
      answer.completeExceptionally(e);
    }
  }

  private void release() {
    JnaCardTerminals readers = context;
    context = null;
    if (readers != null) {
      try {
        readers.close();
      } catch (CardException e) {
        LOG.debug("a service that is gone: {}", e.getMessage());
      }
    }
  }

  private static DeviceException told(@Nullable Throwable e) {
    if (e instanceof DeviceException told) {
      return told;
    }
    if (e instanceof CardException card) {
      return PcscErrors.of(card);
    }
    if (e instanceof LinkageError) {
      return new DeviceException(
          ErrorCode.NOT_CONNECTED, "no PC/SC on this machine; install pcscd and libpcsclite1", e);
    }
    if (e != null && e.getCause() instanceof CardException noContext) {
      return PcscErrors.of(noContext);
    }
    return new DeviceException(ErrorCode.DEVICE_FAULT, "a PC/SC call failed: " + e);
  }

  private static DeviceException gone() {
    return new DeviceException(ErrorCode.DISCONNECTED, "the session with PC/SC was closed");
  }
}
