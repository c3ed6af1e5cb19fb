package dev.doorstep.protocol.mqtt;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks twice in the time of the keep-alive whether either side was silent, and sends a PINGREQ
 * then. A broker that says nothing for one and a half times that, as long as it waits for a client
 * itself, is gone. For the connection's thread.
 */
final class KeepAlive {
  /** Silent looks, of which two fill the time of the keep-alive. */
  private static final int MOST_SILENT = 3;

  private final Runnable ping;
  private final Runnable gone;
  private @Nullable Future<?> clock;
  private boolean heard;
  private boolean said;
  private int silent;

  /**
   * Not begun.
   *
   * @param ping sends a PINGREQ
   * @param gone ends the connection
   */
  KeepAlive(Runnable ping, Runnable gone) {
    this.ping = ping;
    this.gone = gone;
  }

  /** Begins, unless the broker wants none. */
  void begin(ChannelHandlerContext ctx, int seconds) {
    if (seconds > 0) {
      long half = seconds * 500L;
      clock = ctx.executor().scheduleWithFixedDelay(this::look, half, half, TimeUnit.MILLISECONDS);
    }
  }

  /** Something came. */
  void heard() {
    heard = true;
  }

  /** Something went out. */
  void said() {
    said = true;
  }

  /** One look. */
  void look() {
    silent = heard ? 0 : silent + 1;
    boolean idle = !heard || !said;
    heard = false;
    said = false;
    if (silent >= MOST_SILENT) {
      end();
      gone.run();
    } else if (idle) {
      ping.run();
    }
  }

  /** Looks no more. */
  void end() {
    if (clock != null) {
      clock.cancel(false);
    }
  }
}
