package dev.doorstep.driver.picture;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CapturedDocument;
import java.util.List;
import java.util.Optional;

/**
 * The picture work of one device: begun for each document, closed with the device. The process that
 * does it starts when the first document begins, which takes about half a second, stays for the
 * next, and ends by itself after a minute without one. The lane owns it: closing the wires ends it,
 * and a call that waits for it with {@code DISCONNECTED}. For the lane's thread.
 */
public final class Pictures implements AutoCloseable {
  private final Transports transports;
  private Optional<WorkerProcess> worker = Optional.empty();

  private Pictures(Transports transports) {
    this.transports = transports;
  }

  /** Nothing runs yet. */
  public static Pictures of(DeviceContext context) {
    return new Pictures(context.transports());
  }

  /**
   * Begins a document; the process starts meanwhile, if none runs.
   *
   * @param wishes what is to be done to its pages
   * @param call its deadline and its cancellation bound every step
   * @throws DeviceException {@code DEVICE_FAULT} if no process can be started
   */
  public PictureJob begin(CaptureDocument wishes, Call call) throws DeviceException {
    if (worker.filter(WorkerProcess::alive).isEmpty()) {
      start();
    }
    return new PictureJob(this, Order.of(wishes), call);
  }

  /**
   * A document of pages that are all there.
   *
   * @throws DeviceException as {@link PictureJob#page} and {@link PictureJob#finish}
   */
  public CapturedDocument process(List<PictureSource> pages, CaptureDocument wishes, Call call)
      throws DeviceException {
    try (PictureJob job = begin(wishes, call)) {
      for (PictureSource page : pages) {
        job.page(page);
      }
      return job.finish();
    }
  }

  /** The first question of a document. */
  interface Beginning {
    void ask(WorkerProcess worker) throws DeviceException;
  }

  /** The process that has taken the beginning of a document. */
  WorkerProcess worker(Beginning beginning, Call call) throws DeviceException {
    Optional<WorkerProcess> running = worker.filter(WorkerProcess::alive);
    if (running.isPresent()) {
      try {
        beginning.ask(running.get());
        return running.get();
      } catch (DeviceException e) {
        // It ended by itself a moment ago, for want of work: nothing was asked of it yet.
        if (call.cancelled() || call.deadline().expired()) {
          throw e;
        }
      }
    }
    WorkerProcess started = start();
    beginning.ask(started);
    return started;
  }

  private WorkerProcess start() throws DeviceException {
    close();
    WorkerProcess started = WorkerProcess.start();
    transports.own(started);
    worker = Optional.of(started);
    return started;
  }

  /** Ends the process, if one runs; another document would start the next. */
  @Override
  public void close() {
    worker.ifPresent(
        running -> {
          running.close();
          transports.disown(running);
        });
    worker = Optional.empty();
  }
}
