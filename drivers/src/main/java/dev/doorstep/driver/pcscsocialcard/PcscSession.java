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
import java.util.concurrent.atomic.AtomicInteger;
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

  /** So many calls may be given up without having come back: each holds a thread. */
  private static final int MOST_GIVEN_UP = 3;

  private static final AtomicInteger GIVEN_UP = new AtomicInteger();

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
  private boolean calling; // by the lock of this
  private boolean givenUp; // by the lock of this

  private PcscSession() {}

  /**
   * A session that has not spoken with the service yet.
   *
   * @throws DeviceException {@code DEVICE_FAULT} if the service does not come back from several
   *     calls of earlier sessions: another would not either
   */
  static PcscSession begin() throws DeviceException {
    if (GIVEN_UP.get() >= MOST_GIVEN_UP) {
      throw new DeviceException(
          ErrorCode.DEVICE_FAULT,
          "the PC/SC service hangs: %d calls did not come back; restart pcscd"
              .formatted(GIVEN_UP.get()));
    }
    return new PcscSession();
  }

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
    giveUp();
    pending.cancel(false);
    try {
      calls.execute(this::release);
    } catch (RejectedExecutionException e) {
      LOG.trace("closed before", e);
    }
    calls.shutdown();
  }

  private synchronized void giveUp() {
    if (calling && !givenUp) {
      givenUp = true;
      GIVEN_UP.incrementAndGet();
    }
  }

  private synchronized void beginCall() {
    calling = true;
  }

  private synchronized void endCall() {
    calling = false;
    if (givenUp) {
      givenUp = false;
      GIVEN_UP.decrementAndGet();
    }
  }

  private <T> void make(Native<T> call, CompletableFuture<T> answer) {
    if (answer.isDone()) {
      return; // nobody waits any more
    }
    beginCall();
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
    } finally {
      endCall();
    }
  }

  private void release() {
    JnaCardTerminals readers = context;
    context = null;
    if (readers != null) {
      beginCall();
      giveUp(); // nobody waits for it
      try {
        readers.close();
      } catch (CardException e) {
        LOG.debug("a service that is gone: {}", e.getMessage());
      } finally {
        endCall();
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
