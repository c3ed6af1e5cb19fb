package dev.doorstep.agent.device;

import dev.doorstep.protocol.DeviceStatus.Cause;
import dev.doorstep.protocol.DeviceStatus.Layer;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.OpenEnum;
import java.util.Locale;

/** Why a device cannot be used, from the error that a command would get. */
final class Causes {
  private Causes() {}

  static Cause of(ErrorCode code, Locale locale) {
    return new Cause(OpenEnum.of(code), OpenEnum.of(layer(code)), code.recovery(locale));
  }

  private static Layer layer(ErrorCode code) {
    if (code == ErrorCode.OUT_OF_PAPER) {
      return Layer.SUPPLY;
    }
    return switch (code.kind()) {
      case LINK -> Layer.LINK;
      case DEVICE -> Layer.DEVICE;
      case AGENT, REQUEST -> Layer.AGENT;
    };
  }
}
