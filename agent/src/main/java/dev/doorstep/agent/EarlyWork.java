package dev.doorstep.agent;

import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.PointStatus;
import dev.doorstep.protocol.operation.ReadDeviceStatus;
import dev.doorstep.protocol.schema.Schemas;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every start needs and what no configuration changes, done on the second processor while the
 * first reads the configuration: the first record that is written as JSON, and the first schema,
 * take a tenth of a second. Nothing waits for it; what is not done by then is done where it is
 * needed.
 */
public final class EarlyWork {
  private EarlyWork() {}

  /** Begins it; returns at once. */
  public static void begin() {
    Thread thread = new Thread(EarlyWork::run, "doorstep-early");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run() {
    Schemas.of(ReadDeviceStatus.TYPE);
    Codec.write(new PointStatus(OpenEnum.of(PointStatus.State.ONLINE), ""));
    Codec.write(
        new DeviceStatus(
            OpenEnum.of(DeviceStatus.State.STARTING),
            Instant.EPOCH,
            "",
            "",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of(),
            ""));
  }
}
