package dev.doorstep.driver.esclscanner;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DeviceHealth;
import dev.doorstep.driver.Operations;
import dev.doorstep.driver.esclscanner.EsclService.Next;
import dev.doorstep.driver.picture.Pictures;
import dev.doorstep.driver.scan.ScanArea;
import dev.doorstep.driver.scan.ScanPlan;
import dev.doorstep.driver.scan.ScannedPages;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.DeviceStatus.Layer;
import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Source;
import dev.doorstep.protocol.operation.CapturedDocument;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A scanner; a job is made for each capture. */
final class EsclScanner implements Device {
  private static final Logger LOG = LoggerFactory.getLogger(EsclScanner.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(800);
  private static final Duration LEAVING = Duration.ofSeconds(3);

  private final EsclService service;
  private final EsclCapabilities capabilities;
  private final Optional<ScanArea> area;
  private final Locale locale;
  private final Pictures pictures;
  private final Operations operations =
      Operations.of(
          new Operations.Entry<>(CaptureDocument.TYPE, EsclScanner::effect, this::capture));

  /** Asks the scanner what it can. */
  EsclScanner(DeviceContext context, Optional<ScanArea> area) throws DeviceException {
    this.service =
        new EsclService(
            URI.create(context.settings().connection().address()), context.transports());
    this.area = area;
    this.locale = context.locale();
    this.pictures = Pictures.of(context);
    this.capabilities = service.capabilities(Patience.until(context.deadline()));
  }

  private static Effect effect(CaptureDocument wanted) {
    return wanted.source() == Source.FEEDER ? Effect.PHYSICAL : Effect.SAFE;
  }

  @Override
  public Operations operations() {
    return operations;
  }

  @Override
  public DeviceHealth probe(Deadline deadline) throws DeviceException {
    Optional<Cause> cause =
        service
            .status(Patience.until(deadline))
            .feederFault()
            .map(
                fault ->
                    new Cause(
                        OpenEnum.of(fault.code()),
                        OpenEnum.of(Layer.DEVICE),
                        fault.code().recovery(locale)));
    return new DeviceHealth(capabilities.model(), capabilities.serial(), cause, List.of());
  }

  /** Nothing: between captures there is no job to look after. */
  @Override
  public void idle(Deadline deadline) {}

  /** Ends what works on pictures; no line stays open. */
  @Override
  public void close() {
    pictures.close();
  }

  private CapturedDocument capture(CaptureDocument wanted, Call call) throws DeviceException {
    ScanPlan plan = ScanPlan.ofJpegs(wanted);
    Patience patience = new Patience(call.deadline(), call::cancelled);
    EsclSettings settings = EsclSettings.of(plan, capabilities, area);
    if (settings.feeder()) {
      demandLoaded(service.status(patience));
      call.acting();
    }
    String job = begin(settings, patience);
    boolean scanned = false;
    try (ScannedPages pages = ScannedPages.begin(plan, call, pictures)) {
      while (pages.wantsMore() && scan(job, settings, pages, patience)) {
        // A page was added; the next one follows.
      }
      scanned = true;
      leave(job, call.deadline()); // all that was wanted is here, whatever becomes of the job
      return pages.finish();
    } catch (DeviceException e) {
      boolean stopped = scanned || leave(job, call.deadline());
      throw e.code() == ErrorCode.STOPPING && !stopped ? e.butInDoubt() : e;
    }
  }

  /** Nobody can end a job whose begin was not waited for. */
  private String begin(EsclSettings settings, Patience patience) throws DeviceException {
    try {
      return service.begin(settings, patience);
    } catch (DeviceException e) {
      throw settings.feeder() && e.code() == ErrorCode.STOPPING ? e.butInDoubt() : e;
    }
  }

  private static void demandLoaded(EsclStatus status) throws DeviceException {
    Optional<DeviceException> fault = status.feederFault();
    if (fault.isPresent()) {
      throw fault.get();
    }
    if (status.feederEmpty()) {
      throw new DeviceException(ErrorCode.NO_DOCUMENT, "the feeder is empty");
    }
  }

  /** Adds a page; false if there is none after those before. */
  private boolean scan(String job, EsclSettings settings, ScannedPages pages, Patience patience)
      throws DeviceException {
    pages.announce(locale);
    OptionalInt dpi = OptionalInt.of(settings.dpi());
    Duration pause = FIRST_PAUSE;
    while (true) {
      Next next = service.next(job, page -> pages.add(page, dpi), patience);
      if (next == Next.PAGE) {
        return true;
      }
      EsclStatus status = service.status(patience);
      Optional<DeviceException> fault = settings.feeder() ? status.feederFault() : status.fault();
      if (fault.isPresent()) {
        throw fault.get();
      }
      if (next == Next.NO_MORE) {
        return noMore(settings, status, pages);
      }
      patience.pause(pause);
      pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : pause;
    }
  }

  private static boolean noMore(EsclSettings settings, EsclStatus status, ScannedPages pages)
      throws DeviceException {
    if (settings.feeder() && status.feederLoaded()) {
      throw new DeviceException(
          ErrorCode.DEVICE_FAULT,
          "the scanner ended the job after page " + pages.count() + " with sheets in its feeder");
    }
    if (pages.count() > 0) {
      return false;
    }
    throw settings.feeder() && status.feederEmpty()
        ? new DeviceException(ErrorCode.NO_DOCUMENT, "the feeder is empty")
        : new DeviceException(ErrorCode.DEVICE_FAULT, "the scanner ended the job without a page");
  }

  /** Ends a job after something went wrong; whether the scanner has confirmed it. */
  private boolean leave(String job, Deadline deadline) {
    try {
      service.end(job, Patience.until(deadline.atMost(LEAVING)));
      return true;
    } catch (DeviceException e) {
      LOG.debug("the job was not ended: {}", e.getMessage());
      return false;
    }
  }
}
