package dev.doorstep.driver;

/** What a running command gives besides its result. For the handler's thread. */
public interface Output {
  /**
   * Makes a document for the result that may be too large for memory.
   *
   * @param contentType such as {@code image/jpeg}
   * @throws DeviceException {@code STORAGE_FULL} if there is no room for one
   */
  DocumentWriter document(String contentType) throws DeviceException;

  /**
   * Shows a picture to the client right now. It may get lost: a newer one follows.
   *
   * @param jpeg a small JPEG; must not be changed any more
   * @return whether it is {@link #wanted}; if not, it was not shown
   */
  boolean preview(byte[] jpeg);

  /**
   * Whether a preview is to go on; not if the command is to stop, or another one waits for the
   * device. Asked often, also between two pictures.
   */
  boolean wanted();
}
