package dev.doorstep.simulator.device;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A document camera that gives motion JPEG over HTTP on 127.0.0.1: {@code /stream} without end,
 * about ten pictures a second, and {@code /still} for one. Several programs may look at once. It
 * shows a generated page on a desk until it is shown something else.
 */
public final class MjpegCamera implements Cable {

  private static final Logger LOG = LoggerFactory.getLogger(MjpegCamera.class);
  private static final int MAX_VIEWERS = 16;

  private final Set<Socket> viewers = ConcurrentHashMap.newKeySet();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private final CameraView view;
  private int port;
  private @Nullable ServerSocket server;

  private MjpegCamera(int port, CameraView view) {
    this.port = port;
    this.view = view;
  }

  /**
   * Starts a camera that looks at {@link DocumentPage#specimen()}.
   *
   * @param port 0 for any free one
   * @throws UncheckedIOException if the port is taken
   */
  public static MjpegCamera start(int port) {
    MjpegCamera camera = new MjpegCamera(port, new CameraView(DocumentPage.specimen().onDesk()));
    camera.start();
    return camera;
  }

  /** The stream's address, the same after a stop and a start. */
  public synchronized String url() {
    return "http://127.0.0.1:" + port + "/stream";
  }

  /** Lets the camera see another picture, from the next frame on. It is encoded here, once. */
  public void show(BufferedImage picture) {
    view.show(picture);
  }

  /** Lets a fault happen from now on, in place of any before; streams that run feel it, too. */
  public void fault(CameraFault fault) {
    view.fault(fault);
    if (fault == CameraFault.GONE) {
      stop();
    } else {
      start();
    }
  }

  /** Ends the fault. */
  public void clear() {
    view.fault(null);
    start();
  }

  /** The fault that is set. */
  public Optional<CameraFault> fault() {
    return view.fault();
  }

  @Override
  public synchronized void start() {
    if (server != null) {
      return;
    }
    ServerSocket listening = Sockets.listen(port);
    port = listening.getLocalPort();
    server = listening;
    threads.add(Threads.start("doorstep-camera-" + port, () -> accept(listening)));
  }

  @Override
  public void stop() {
    synchronized (this) {
      Sockets.closeQuietly(server);
      server = null;
      viewers.forEach(Sockets::closeQuietly);
    }
    threads.forEach(Threads::end);
    threads.clear();
  }

  @Override
  public synchronized boolean started() {
    return server != null;
  }

  @Override
  public void close() {
    stop();
  }

  private void accept(ServerSocket listening) {
    while (!listening.isClosed()) {
      try {
        admit(listening, listening.accept());
      } catch (IOException e) {
        LOG.debug("camera: {}", e.toString());
      }
    }
  }

  private synchronized void admit(ServerSocket listening, Socket viewer) {
    if (server != listening || viewers.size() >= MAX_VIEWERS) {
      Sockets.closeQuietly(viewer);
      return;
    }
    viewers.add(viewer);
    threads.add(Threads.start("doorstep-camera-viewer-" + viewer.getPort(), () -> serve(viewer)));
  }

  private void serve(Socket viewer) {
    try (viewer) {
      viewer.setTcpNoDelay(true);
      viewer.setSoTimeout(10_000);
      view.answer(HttpHead.read(viewer.getInputStream()), viewer.getOutputStream());
    } catch (IOException e) {
      LOG.debug("a viewer left: {}", e.toString());
    } finally {
      viewers.remove(viewer);
      threads.remove(Thread.currentThread());
    }
  }
}
