package dev.doorstep.simulator.device;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.Optional;

/**
 * A document camera that gives motion JPEG over HTTP on 127.0.0.1: {@code /stream} without end,
 * about ten pictures a second, and {@code /still} for one. Several programs may look at once. It
 * shows a generated page on a desk until it is shown something else.
 */
public final class MjpegCamera implements Cable {
  private static final int MAX_VIEWERS = 16;

  private final CameraView view;
  private final SharedPlug plug;

  private MjpegCamera(int port, CameraView view) {
    this.view = view;
    this.plug = new SharedPlug("doorstep-camera-", port, MAX_VIEWERS, this::serve);
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
  public String url() {
    return "http://127.0.0.1:" + plug.port() + "/stream";
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
  public void start() {
    plug.start();
  }

  @Override
  public void stop() {
    plug.stop();
  }

  @Override
  public boolean started() {
    return plug.started();
  }

  @Override
  public void close() {
    stop();
  }

  private void serve(Socket viewer) throws IOException {
    view.answer(HttpHead.read(viewer.getInputStream()), viewer.getOutputStream());
  }
}
