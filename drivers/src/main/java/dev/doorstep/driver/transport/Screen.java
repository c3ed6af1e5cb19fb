package dev.doorstep.driver.transport;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import java.util.Optional;

/**
 * A page in the resident's browser, as its driver sees it: texts go there and come back. One thread
 * uses it.
 */
public interface Screen extends AutoCloseable {
  /** Whether a browser shows the page now. */
  boolean shown();

  /**
   * Shows a text (JSON) on the page: at once where it is open, and whenever it is opened again,
   * until another is shown. What came in before is thrown away, as are the files of before.
   *
   * @param view {@link ScreenView#REST} for nothing
   */
  void show(ScreenView view);

  /** Tells the pages that are open now something beside what they show (JSON). */
  void tell(String json);

  /**
   * Waits for what the page sends.
   *
   * @return the text, or empty if none came by the deadline
   * @throws DeviceException {@code DISCONNECTED} if the screen was closed
   */
  Optional<String> receive(Deadline deadline) throws DeviceException;

  /** Lets go of the page and ends a call that waits; the page shows that nothing is asked. */
  @Override
  void close();
}
