package dev.doorstep.driver.eloamcamera;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.camera.CameraSource;
import dev.doorstep.driver.camera.Frame;
import dev.doorstep.driver.camera.Frames;
import dev.doorstep.driver.camera.JpegSize;
import dev.doorstep.driver.camera.SettledFrames;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The camera behind the vendor's service. */
final class EloamCamera implements CameraSource {
  private final String address;
  private final Optional<JpegSize> wish;
  private final Transports transports;
  private boolean seen;

  /**
   * A camera that was not looked for yet.
   *
   * @param wish the size of stills, if not the largest
   */
  EloamCamera(String address, Optional<JpegSize> wish, Transports transports) {
    this.address = address;
    this.wish = wish;
    this.transports = transports;
  }

  /** Counts the cameras once; later only the service is asked for, so that nothing is disturbed. */
  @Override
  public void probe(Deadline deadline) throws DeviceException {
    Patience patience = new Patience(deadline, () -> false);
    try (ServiceSession session = ServiceSession.open(address, transports, patience)) {
      if (!seen) {
        session.begin(patience);
        seen = true;
      }
    }
  }

  @Override
  public Frames stills(Patience patience) throws DeviceException {
    ServiceSession session = open(patience, false, Optional.empty());
    // A picture that was asked for is waited for: one cannot ask whether it will come later.
    return SettledFrames.of(
        new Pictures(session, () -> session.scan(patience)),
        new Patience(patience.due(), () -> false));
  }

  @Override
  public Frames preview(Patience patience, int rate, int width) throws DeviceException {
    ServiceSession session = open(patience, true, Optional.of(width));
    return new Pictures(session, () -> session.pushed(patience));
  }

  private ServiceSession open(Patience patience, boolean callback, Optional<Integer> width)
      throws DeviceException {
    ServiceSession session = ServiceSession.open(address, transports, patience);
    try {
      session.begin(patience);
      List<JpegSize> sizes = session.sizes(patience);
      JpegSize size = width.flatMap(w -> small(sizes, w)).orElse(still(sizes));
      session.open(sizes.indexOf(size), callback, patience);
      return session;
    } catch (DeviceException | RuntimeException e) {
      try (session) {
        throw e;
      }
    }
  }

  private JpegSize still(List<JpegSize> sizes) throws DeviceException {
    return sizes.stream()
        .filter(size -> wish.isEmpty() || size.equals(wish.get()))
        .max(Comparator.comparingLong(JpegSize::area))
        .orElseThrow(
            () ->
                new DeviceException(
                    ErrorCode.UNSUPPORTED, "no pictures of the size wanted; there are " + sizes));
  }

  private static Optional<JpegSize> small(List<JpegSize> sizes, int width) {
    return sizes.stream()
        .filter(size -> size.width() >= width)
        .min(Comparator.comparingLong(JpegSize::area));
  }

  private interface Asked {
    ServiceMessage next() throws DeviceException;
  }

  /** Pictures in the messages of a session. */
  private record Pictures(ServiceSession session, Asked asked) implements Frames {
    @Override
    public Frame next() throws DeviceException {
      ServiceMessage message = asked.next();
      ByteArrayOutputStream jpeg = new ByteArrayOutputStream(message.bytes().size() / 4 * 3);
      try {
        message.picture(jpeg);
      } catch (IOException e) {
        throw new DeviceException(ErrorCode.GARBLED, "a picture that cannot be read", e);
      }
      return Frame.of(jpeg.toByteArray())
          .orElseThrow(
              () ->
                  new DeviceException(
                      ErrorCode.GARBLED,
                      message.function() + ": " + jpeg.size() + " bytes that are no JPEG"));
    }

    @Override
    public void close() throws DeviceException {
      session.close();
    }
  }
}
