package dev.doorstep.protocol;

import dev.doorstep.protocol.constraint.Defaulted;
import java.util.Locale;
import java.util.Objects;

/**
 * The {@code error} of a reply.
 *
 * @param code what went wrong
 * @param kind whose business it is
 * @param retryable whether the same command may succeed later
 * @param recovery what to do about it, for people
 * @param detail what exactly was found, for engineers; never personal data
 */
public record Problem(
    OpenEnum<ErrorCode> code,
    OpenEnum<ErrorCode.Kind> kind,
    boolean retryable,
    @Defaulted("") String recovery,
    @Defaulted("") String detail) {
  /** Checks that there are a code and a kind; absent texts are empty. */
  public Problem {
    Objects.requireNonNull(code, "code is missing");
    Objects.requireNonNull(kind, "kind is missing");
    recovery = Objects.requireNonNullElse(recovery, "");
    detail = Objects.requireNonNullElse(detail, "");
  }

  /** The problem that a known code stands for, with its recovery in the given language. */
  public static Problem of(ErrorCode code, String detail, Locale locale) {
    return new Problem(
        OpenEnum.of(code),
        OpenEnum.of(code.kind()),
        code.retryable(),
        code.recovery(locale),
        detail);
  }
}
