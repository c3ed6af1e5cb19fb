package dev.doorstep.driver.scan;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.TestContext;
import dev.doorstep.driver.picture.Pictures;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.LaneTransports;
import dev.doorstep.driver.transport.ScreenSource;
import dev.doorstep.protocol.operation.CaptureDocument;
import java.time.Duration;
import java.util.Map;

/** Begins documents of pages that stay as they are: no process for pictures is needed. */
final class NoPictures {
  private final Pictures pictures =
      Pictures.of(
          TestContext.of(
              Connection.parse("tcp:127.0.0.1:9"),
              Map.of(),
              new LaneTransports(ScreenSource.NONE),
              Duration.ofMinutes(1)));

  ScannedPages begin(CaptureDocument wanted, Call call) throws DeviceException {
    return ScannedPages.begin(new ScanPlan(wanted, false), call, pictures);
  }
}
