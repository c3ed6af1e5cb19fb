package dev.doorstep.driver.transport.screen;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Screen;
import dev.doorstep.driver.transport.ScreenView;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One screen by name: the pages that show it, the text that they show, and the driver that holds
 * it. Its lock is held for moments only, by the event loop and by the driver's thread; writes to a
 * page are made under it, so that all pages see the texts in the order in which they were shown.
 */
final class ServedScreen {
  private static final Logger log = LoggerFactory.getLogger(ServedScreen.class);

  private final String name;
  private final int mostPages;
  private final Set<Channel> pages = new LinkedHashSet<>();
  private ScreenView idle;
  private ScreenView view;
  private @Nullable Lease holder;

  ServedScreen(String name, String idle, int mostPages) {
    this.name = name;
    this.idle = ScreenView.of(idle);
    this.mostPages = mostPages;
    this.view = this.idle;
  }

  /** Hands the screen to a driver; who held it before is disconnected. */
  synchronized Screen lease() {
    Lease lease = new Lease();
    hold(lease);
    return lease;
  }

  /** A page was opened. */
  synchronized void join(Channel page) {
    if (pages.size() >= mostPages) {
      log.warn("screen {}: {} pages are open already, one more was refused", name, mostPages);
      end(page, WebSocketCloseStatus.TRY_AGAIN_LATER);
      return;
    }
    pages.add(page);
    log.info("screen {}: a page was opened, {} now", name, pages.size());
    send(page, view.json());
  }

  /** A page is gone. */
  synchronized void leave(Channel page) {
    if (pages.remove(page)) {
      log.info("screen {}: a page was closed, {} now", name, pages.size());
    }
  }

  /** A page sent a text. */
  synchronized void received(String message) {
    if (holder != null && holder.input.size() < Limits.INPUT) {
      holder.input.add(message);
      notifyAll();
    } else {
      log.debug("screen {}: dropped a message that nobody waits for", name);
    }
  }

  /** From now on this is shown while nothing is asked; at once, if that is so now. */
  synchronized void idle(String json) {
    boolean resting = view.equals(idle);
    if (!json.equals(idle.json())) {
      idle = ScreenView.of(json);
      if (resting) {
        show(idle);
      }
    }
  }

  /** A file that goes with what is shown now; empty if there is none of that name. */
  synchronized Optional<Content.Data> file(String name) {
    return Optional.ofNullable(view.files().get(name));
  }

  /** Disconnects the driver and closes the pages. */
  synchronized void close() {
    hold(null);
    pages.forEach(page -> end(page, WebSocketCloseStatus.ENDPOINT_UNAVAILABLE));
  }

  private void hold(@Nullable Lease next) {
    holder = next;
    notifyAll();
    show(idle);
  }

  private void show(ScreenView next) {
    view = next;
    pages.forEach(page -> send(page, view.json()));
  }

  private void send(Channel page, String json) {
    if (page.isWritable()) {
      page.writeAndFlush(new TextWebSocketFrame(json))
          .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    } else {
      log.warn("screen {}: a page that does not read was closed", name);
      page.close().addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    }
  }

  private static void end(Channel page, WebSocketCloseStatus status) {
    page.writeAndFlush(new CloseWebSocketFrame(status)).addListener(ChannelFutureListener.CLOSE);
  }

  private final class Lease implements Screen {
    private final Queue<String> input = new ArrayDeque<>();

    @Override
    public boolean shown() {
      synchronized (ServedScreen.this) {
        return holder == this && !pages.isEmpty();
      }
    }

    @Override
    public void show(ScreenView next) {
      synchronized (ServedScreen.this) {
        if (holder == this) {
          input.clear();
          ServedScreen.this.show(next.equals(ScreenView.REST) ? idle : next);
        }
      }
    }

    @Override
    public void tell(String json) {
      synchronized (ServedScreen.this) {
        if (holder == this) {
          pages.forEach(page -> send(page, json));
        }
      }
    }

    @Override
    public Optional<String> receive(Deadline deadline) throws DeviceException {
      synchronized (ServedScreen.this) {
        while (holder == this) {
          Optional<String> message = Optional.ofNullable(input.poll());
          long left = deadline.remainingMillis();
          if (message.isPresent() || left == 0) {
            return message;
          }
          pause(left);
        }
      }
      throw new DeviceException(ErrorCode.DISCONNECTED, "screen " + name + " was closed");
    }

    private void pause(long millis) throws DeviceException {
      try {
        ServedScreen.this.wait(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new DeviceException(ErrorCode.DISCONNECTED, "the wait was interrupted", e);
      }
    }

    @Override
    public void close() {
      synchronized (ServedScreen.this) {
        if (holder == this) {
          hold(null);
        }
      }
    }
  }
}
