package dev.doorstep.agent.device;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is told of a defect in a driver: its place, never its text, which may hold a person. */
public final class Defects {
  private static final Logger log = LoggerFactory.getLogger(Defects.class);
  private static final int FRAMES = 12;

  private Defects() {}

  /** Logs a defect and gives it as an error of the device. */
  public static DeviceException told(String where, Throwable defect) {
    log(where, defect);
    return new DeviceException(
        ErrorCode.INTERNAL, "a defect: " + defect.getClass().getSimpleName(), defect);
  }

  /** Logs a defect: type and frames. */
  public static void log(String where, Throwable defect) {
    if (log.isErrorEnabled()) {
      log.error(
          "{}: a defect, {}{}",
          where,
          defect.getClass().getName(),
          Arrays.stream(defect.getStackTrace())
              .limit(FRAMES)
              .map(frame -> "\n    at " + frame)
              .collect(Collectors.joining()));
    }
  }
}
