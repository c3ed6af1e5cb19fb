package dev.doorstep.protocol.center;

/** Somebody listens to the points, until this is closed; made by {@link Center#watch}. */
public final class Watch implements AutoCloseable {
  private final Announcements announcements;
  private final PointListener listener;

  Watch(Announcements announcements, PointListener listener) {
    this.announcements = announcements;
    this.listener = listener;
  }

  /** Ends it; what is being told at this moment may still come. */
  @Override
  public void close() {
    announcements.unwatch(listener);
  }
}
