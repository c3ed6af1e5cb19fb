package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;

/** {@code device.status}: asks the device itself how it is. Every device has it. */
public record ReadDeviceStatus() implements Operation<DeviceStatus> {
  /** The operation's type. */
  public static final OperationType<ReadDeviceStatus, DeviceStatus> TYPE =
      new OperationType<>("device.status", ReadDeviceStatus.class, DeviceStatus.class);

  @Override
  public OperationType<ReadDeviceStatus, DeviceStatus> type() {
    return TYPE;
  }
}
