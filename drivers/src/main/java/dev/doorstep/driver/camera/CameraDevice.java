package dev.doorstep.driver.camera;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.picture.Pictures;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CapturedDocument;
import dev.doorstep.protocol.operation.PreviewDocument;
import dev.doorstep.protocol.operation.PreviewedDocument;
import dev.doorstep.protocol.operation.ReadCode;
import dev.doorstep.protocol.operation.ScannedCode;
import java.util.Locale;
import java.util.Set;

/** A camera, which is looked at only while a command needs it. */
public final class CameraDevice implements Device {
  /**
   * The option of every camera: {@code "false"} gives a picture to which nothing is to be done at
   * once, without looking for a page in it.
   */
  public static final String FIND_PAGE = "find-page";

  private final CameraSource camera;
  private final Pictures pictures;
  private final Capture capture;
  private final Locale locale;
  private final Operations operations =
      Operations.of(
          Operations.entry(CaptureDocument.TYPE, Effect.SAFE, this::capture),
          Operations.entry(PreviewDocument.TYPE, Effect.SAFE, this::preview),
          Operations.entry(ReadCode.TYPE, Effect.SAFE, this::code));

  private CameraDevice(CameraSource camera, boolean findsPages, DeviceContext context) {
    this.camera = camera;
    this.pictures = Pictures.of(context);
    this.locale = context.locale();
    this.capture = new Capture(camera, pictures, findsPages, locale);
  }

  /**
   * The device of a camera that is there.
   *
   * @throws DeviceException if it is not, or {@code UNSUPPORTED} if an option is none
   */
  public static CameraDevice open(CameraSource camera, DeviceContext context)
      throws DeviceException {
    String option = context.settings().option(FIND_PAGE).orElse("true");
    if (!Set.of("true", "false").contains(option)) {
      throw new DeviceException(
          ErrorCode.UNSUPPORTED, "the option " + FIND_PAGE + " is true or false");
    }
    camera.probe(context.deadline());
    return new CameraDevice(camera, option.equals("true"), context);
  }

  @Override
  public Operations operations() {
    return operations;
  }

  @Override
  public DeviceHealth probe(Deadline deadline) throws DeviceException {
    camera.probe(deadline);
    return DeviceHealth.GOOD;
  }

  /** Nothing: between pictures there is no line to look after. */
  @Override
  public void idle(Deadline deadline) {}

  /** Ends what works on pictures; no camera stays open. */
  @Override
  public void close() {
    pictures.close();
  }

  private CapturedDocument capture(CaptureDocument wish, Call call) throws DeviceException {
    return capture.run(wish, call);
  }

  private ScannedCode code(ReadCode wish, Call call) throws DeviceException {
    return CodeLook.run(camera, wish, call, locale);
  }

  private PreviewedDocument preview(PreviewDocument wish, Call call) throws DeviceException {
    return Preview.run(camera, wish, call);
  }
}
