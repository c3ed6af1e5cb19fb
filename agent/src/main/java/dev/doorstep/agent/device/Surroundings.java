package dev.doorstep.agent.device;

import dev.doorstep.driver.transport.ScreenSource;
import java.time.Clock;
import java.util.Locale;

/**
 * What all lanes of a point have in common.
 *
 * @param session the agent's session
 * @param locale the language of notes and recoveries
 * @param clock the point's clock, for the times that people read
 * @param screens where {@code screen:} connections lead to
 * @param watcher hears of each change of a device
 */
public record Surroundings(
    String session, Locale locale, Clock clock, ScreenSource screens, DeviceWatcher watcher) {}
