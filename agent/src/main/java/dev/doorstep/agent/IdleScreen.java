package dev.doorstep.agent;

import dev.doorstep.agent.device.DeviceWatcher;
import dev.doorstep.driver.Subject;
import dev.doorstep.driver.webscreen.IdleTask;
import dev.doorstep.driver.webscreen.IdleTask.Readiness;
import dev.doorstep.protocol.DeviceStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells the resident's screen what can be done at the point while nothing is asked, and passes on
 * what it hears of the devices.
 */
final class IdleScreen implements DeviceWatcher {
  private final Optional<String> point;
  private final List<String> order;
  private final Consumer<String> screen;
  private final DeviceWatcher next;
  private final Map<String, Boolean> ready = new HashMap<>();
  private final Map<String, Readiness> known = new HashMap<>();

  /**
   * A screen that shows no device yet.
   *
   * @param point the point's name
   * @param order the names of the devices, as they are shown
   * @param screen takes the text for its page
   * @param next hears of everything, too
   */
  IdleScreen(
      Optional<String> point, List<String> order, Consumer<String> screen, DeviceWatcher next) {
    this.point = point;
    this.order = List.copyOf(order);
    this.screen = screen;
    this.next = next;
    tell();
  }

  /**
   * A device that wants something, such as paper, is not ready for a resident. Each command comes
   * by here twice, and hardly ever changes that: words are looked for only where it does.
   */
  @Override
  public void changed(String device, DeviceStatus status) {
    boolean there =
        status.state().is(DeviceStatus.State.READY) || status.state().is(DeviceStatus.State.BUSY);
    note(device, status.kind(), there && status.cause().isEmpty());
    next.changed(device, status);
  }

  @Override
  public void happened(String device, String event, Subject subject, Object data) {
    next.happened(device, event, subject, data);
  }

  private synchronized void note(String device, String kind, boolean now) {
    if (!Boolean.valueOf(now).equals(ready.put(device, now))) {
      Optional<Readiness> words = Readiness.of(kind, now);
      words.ifPresent(it -> known.put(device, it));
      if (words.isPresent()) {
        tell();
      }
    }
  }

  private void tell() {
    screen.accept(
        IdleTask.json(point, order.stream().map(known::get).filter(Objects::nonNull).toList()));
  }
}
