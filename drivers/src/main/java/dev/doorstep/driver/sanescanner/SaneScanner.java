package dev.doorstep.driver.sanescanner;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.DeviceSettings;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.SparingLooks;
import dev.doorstep.driver.picture.Pictures;
import dev.doorstep.driver.scan.ScanPlan;
import dev.doorstep.driver.scan.ScannedPages;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.DeviceStatus.Layer;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Source;
import dev.doorstep.protocol.operation.CapturedDocument;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** A scanner behind a daemon; a session is made for each capture. */
final class SaneScanner implements Device {
  /** How long a scanner that is in use is waited for. */
  private static final Duration FREE = Duration.ofSeconds(2);

  private static final Duration AGAIN = Duration.ofMillis(250);

  private final SaneAddress address;
  private final DeviceSettings settings;
  private final Transports transports;
  private final Locale locale;
  private final Pictures pictures;
  private final SparingLooks looks = new SparingLooks();
  private final Operations operations =
      Operations.of(
          new Operations.Entry<>(CaptureDocument.TYPE, SaneScanner::effect, this::capture));

  SaneScanner(DeviceContext context) {
    this.settings = context.settings();
    this.address = SaneAddress.of(settings.connection());
    this.transports = context.transports();
    this.locale = context.locale();
    this.pictures = Pictures.of(context);
  }

  private static Effect effect(CaptureDocument wanted) {
    return wanted.source() == Source.FEEDER ? Effect.PHYSICAL : Effect.SAFE;
  }

  @Override
  public Operations operations() {
    return operations;
  }

  /** Opens the scanner once a minute: meanwhile nobody else can, and some move their lamp. */
  @Override
  public DeviceHealth probe(Deadline deadline) throws DeviceException {
    return looks.look(() -> look(deadline));
  }

  /** Opens it and gives it back; that another program uses it is told as a cause. */
  private DeviceHealth look(Deadline deadline) throws DeviceException {
    try (SaneSession session = SaneSession.open(address, transports, Patience.until(deadline))) {
      session.end();
      return DeviceHealth.GOOD;
    } catch (DeviceException e) {
      if (e.code() != ErrorCode.DEVICE_IN_USE) {
        throw e;
      }
      Cause cause =
          new Cause(OpenEnum.of(e.code()), OpenEnum.of(Layer.DEVICE), e.code().recovery(locale));
      return new DeviceHealth(Optional.empty(), Optional.empty(), Optional.of(cause), List.of());
    }
  }

  /** Nothing: between captures there is no session to look after. */
  @Override
  public void idle(Deadline deadline) {}

  /** Ends what works on pictures; no session stays open. */
  @Override
  public void close() {
    pictures.close();
  }

  private CapturedDocument capture(CaptureDocument wanted, Call call) throws DeviceException {
    ScanPlan plan = ScanPlan.ofRows(wanted);
    Patience patience = new Patience(call.deadline(), call::cancelled);
    looks.renew(); // what the scanner says now is news
    try (SaneSession session = openOnceItIsFree(patience)) {
      OptionalInt dpi = SaneSetup.apply(session, settings, plan);
      if (wanted.source() == Source.FEEDER) {
        call.acting();
      }
      try (ScannedPages pages = ScannedPages.begin(plan, call, pictures)) {
        while (pages.wantsMore() && scan(session, dpi, pages)) {
          // A page was added; the next one follows.
        }
        session.end();
        return pages.finish();
      } catch (DeviceException e) {
        boolean stopped = session.leave();
        throw e.code() == ErrorCode.STOPPING && !stopped ? e.butInDoubt() : e;
      }
    }
  }

  /** Another point may just be looking how the scanner is. */
  private SaneSession openOnceItIsFree(Patience patience) throws DeviceException {
    Deadline end = patience.due().atMost(FREE);
    while (true) {
      try {
        return SaneSession.open(address, transports, patience);
      } catch (DeviceException e) {
        if (e.code() != ErrorCode.DEVICE_IN_USE || end.expired()) {
          throw e;
        }
      }
      patience.pause(AGAIN);
    }
  }

  /** Adds a page; false if the feeder is empty after those before. */
  private boolean scan(SaneSession session, OptionalInt dpi, ScannedPages pages)
      throws DeviceException {
    pages.announce(locale);
    try (SaneSession.Page page = session.start()) {
      pages.add(page.parameters().raster(dpi), page.rows());
      return true;
    } catch (DeviceException e) {
      if (e.code() == ErrorCode.NO_DOCUMENT && pages.count() > 0) {
        return false;
      }
      throw e;
    }
  }
}
