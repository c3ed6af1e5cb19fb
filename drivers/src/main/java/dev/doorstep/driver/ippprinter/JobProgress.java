package dev.doorstep.driver.ippprinter;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.util.List;
import java.util.OptionalInt;

/**
 * How a job goes, as the printer says.
 *
 * @param state job-state of RFC 8011
 * @param reasons job-state-reasons
 * @param impressions how many sides it has printed, if it counts them
 * @param processedAt when the printer began it, on its own clock; empty if it has not, or does not
 *     say (time-at-processing)
 */
record JobProgress(
    int state, List<String> reasons, OptionalInt impressions, OptionalInt processedAt) {
  /** What tells how a job goes. */
  static final List<String> NAMES =
      List.of(
          "job-id",
          "job-state",
          "job-state-reasons",
          "job-impressions-completed",
          "time-at-processing");

  static final int PENDING = 3;
  static final int HELD = 4;
  static final int PROCESSING = 5;
  static final int STOPPED = 6;
  static final int CANCELLED = 7;
  static final int ABORTED = 8;
  static final int COMPLETED = 9;

  /** Copies the reasons. */
  JobProgress {
    reasons = List.copyOf(reasons);
  }

  /** Reads the attributes of a job. */
  static JobProgress of(Attributes job) throws DeviceException {
    int state =
        job.number("job-state")
            .orElseThrow(() -> new DeviceException(ErrorCode.GARBLED, "a job without a state"));
    if (state < PENDING || state > COMPLETED) {
      throw new DeviceException(ErrorCode.GARBLED, "a job in the unknown state " + state);
    }
    return new JobProgress(
        state,
        job.texts("job-state-reasons"),
        job.number("job-impressions-completed"),
        job.number("time-at-processing"));
  }

  /** Whether nothing more will happen to it. */
  boolean ended() {
    return state >= CANCELLED;
  }

  /** Whether it waits for others before it. */
  boolean waits() {
    return state == PENDING || state == HELD;
  }

  /** Whether it was ever printed at. */
  boolean begun() {
    return state == PROCESSING || state == STOPPED || processedAt.isPresent();
  }

  /** What a job that the printer gave up died of. */
  DeviceException failure() {
    boolean document =
        reasons.stream()
            .anyMatch(
                reason ->
                    reason.contains("document-format-error")
                        || reason.contains("unprintable")
                        || reason.contains("document-access-error"));
    String told = String.join(", ", reasons);
    if (state == CANCELLED) {
      return new DeviceException(
          ErrorCode.DEVICE_FAULT, "the job was cancelled at the printer: " + told);
    }
    return document
        ? new DeviceException(ErrorCode.BAD_DOCUMENT, "the printer cannot read it: " + told)
        : new DeviceException(ErrorCode.DEVICE_FAULT, "the printer gave the job up: " + told);
  }
}
