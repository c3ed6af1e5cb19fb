package dev.doorstep.driver.videocamera;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.camera.CameraSource;
import dev.doorstep.driver.camera.Frames;
import dev.doorstep.driver.http.HttpAddress;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.driver.transport.Transports;
import java.net.URI;

/** A camera with a motion-JPEG stream over HTTP; each look at it is a connection of its own. */
final class HttpCamera implements CameraSource {
  private static final int HTTP_PORT = 80;

  private final HttpAddress address;
  private final Transports transports;

  HttpCamera(URI address, Transports transports) {
    this.address = HttpAddress.of(address, HTTP_PORT);
    this.transports = transports;
  }

  /** Fetches the head of the stream. */
  @Override
  public void probe(Deadline deadline) throws DeviceException {
    open(Patience.until(deadline)).close();
  }

  /**
   * Passes over the first whole picture: many cameras greet a new connection with the last one that
   * they hold, which may be older than the request.
   */
  @Override
  public Frames stills(Patience patience) throws DeviceException {
    Frames frames = open(patience);
    try {
      frames.next();
      return frames;
    } catch (DeviceException | RuntimeException e) {
      frames.close();
      throw e;
    }
  }

  /** As the camera gives them. */
  @Override
  public Frames preview(Patience patience, int rate, int width) throws DeviceException {
    return open(patience);
  }

  private Frames open(Patience patience) throws DeviceException {
    Transport transport = transports.open(address.connection(), patience.due());
    try {
      MjpegStream stream = MjpegStream.request(transport, address, patience);
      return new PartFrames(stream::next, transport::close);
    } catch (DeviceException | RuntimeException e) {
      transport.close();
      throw e;
    }
  }
}
