package dev.doorstep.agent.cli;

import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.Words;
import dev.doorstep.protocol.mqtt.BrokerException;
import java.util.Locale;

/** The words of the command line, in the language that was asked for. */
final class Texts {
  private Texts() {}

  /** One text. */
  static String text(String key, Object... arguments) {
    return Words.of(Texts.class, Locale.getDefault()).text(key, arguments);
  }

  /** A state of a command, in words; one that is not known stays as it is. */
  static String state(OpenEnum<State> state) {
    return state.as(State.class).map(known -> text("state." + known)).orElse(state.text());
  }

  /** What went wrong, in words of that language where there are some. */
  static String failure(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BrokerException broker) {
        return broker.text(Locale.getDefault());
      }
    }
    return String.valueOf(failure.getMessage());
  }
}
