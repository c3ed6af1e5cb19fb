package dev.doorstep.protocol.operation;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import java.time.Duration;
import java.util.Objects;

/**
 * {@code document.preview}: shows what lies before a camera, as small pictures on the topic {@code
 * preview/{client}/{id}}, until its time is over or another command waits for the camera.
 *
 * @param rate pictures per second, 1 to 10; absent means 2. Fewer come where the camera or the line
 *     is slower
 * @param width the most pixels of a picture's width, 160 to 1 280; absent means 640
 * @param period {@code time}: for how long from the first picture on, PT1S to PT15M; the command's
 *     timeout has to be longer; absent means PT30S
 */
public record PreviewDocument(
    @Defaulted("2") @Bounds(min = 1, max = 10) Integer rate,
    @Defaulted("640") @Bounds(min = 160, max = 1280) Integer width,
    @JsonProperty("time") @Defaulted("PT30S") @Bounds(min = 1, max = 900) Duration period)
    implements Operation<PreviewedDocument> {
  /** The operation's type. */
  public static final OperationType<PreviewDocument, PreviewedDocument> TYPE =
      new OperationType<>("document.preview", PreviewDocument.class, PreviewedDocument.class);

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** Fills in what was left out, and checks the ranges. */
  public PreviewDocument {
    rate = Objects.requireNonNullElse(rate, 2);
    width = Objects.requireNonNullElse(width, 640);
    period = Objects.requireNonNullElse(period, Duration.ofSeconds(30));
    Ranges.check("rate", rate, 1, 10);
    Ranges.check("width", width, 160, 1280);
    if (period.compareTo(SHORTEST) < 0 || period.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("time must be PT1S to PT15M");
    }
  }

  @Override
  public OperationType<PreviewDocument, PreviewedDocument> type() {
    return TYPE;
  }
}
