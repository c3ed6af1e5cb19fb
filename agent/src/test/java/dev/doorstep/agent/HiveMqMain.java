package dev.doorstep.agent;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the process of {@link HiveMqBroker} runs: HiveMQ, which takes nobody unless an extension
 * says whom, or this switch of its own is turned off. By name, since it is not on our class path.
 */
final class HiveMqMain {
  private HiveMqMain() {}

  /** Starts the broker. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    Object deny =
        Class.forName("com.hivemq.configuration.service.InternalConfigurations")
            .getField("AUTH_DENY_UNAUTHENTICATED_CONNECTIONS")
            .get(null);
    ((AtomicBoolean) deny).set(false);
    Class.forName("com.hivemq.HiveMQServer")
        .getMethod("main", String[].class)
        .invoke(null, (Object) arguments);
  }
}
