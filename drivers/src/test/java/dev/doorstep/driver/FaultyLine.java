package dev.doorstep.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP line on loopback between a driver and its simulated device, on which things go wrong on the
 * way back. Counts what the device sends over all its connections.
 */
final class FaultyLine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FaultyLine.class);
  private static final long NOTICING_MILLIS = 500;

  private final int devicePort;
  private final Map<Integer, CountDownLatch> knocks = new ConcurrentHashMap<>();
  private final ServerSocket server;
  private final Set<Way> ways = ConcurrentHashMap.newKeySet();
  private volatile Trial trial = new Trial(Fault.NONE, new AtomicInteger());

  /**
   * What goes wrong.
   *
   * @param cut how many bytes come from the device before nothing more does
   * @param hangUp whether the line is closed then
   * @param noise what comes before each answer, in hex
   */
  record Fault(int cut, boolean hangUp, String noise) {
    static final Fault NONE = noise("");

    static Fault silentAfter(int bytes) {
      return new Fault(bytes, false, "");
    }

    static Fault hangsUpAfter(int bytes) {
      return new Fault(bytes, true, "");
    }

    static Fault noise(String hex) {
      return new Fault(Integer.MAX_VALUE, false, hex);
    }
  }

  /** What happens on the connections that are made from one {@link #arm} to the next. */
  private record Trial(Fault fault, AtomicInteger passed) {}

  FaultyLine(int devicePort) {
    this.devicePort = devicePort;
    try {
      server = new ServerSocket();
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start("doorstep-line-accept", this::accept);
  }

  /** Where the driver finds the line. */
  int port() {
    return server.getLocalPort();
  }

  /**
   * Cuts every connection, and lets the device come to the end of what it was asked on it: on a
   * busy machine that would else change the device under the next trial. The fault happens on the
   * connections that are made from now on.
   */
  void arm(Fault fault) {
    awaitTheDoor();
    trial = new Trial(fault, new AtomicInteger());
    ways.forEach(Way::cut);
    ways.forEach(Way::end);
  }

  /**
   * Comes in last: whoever came before, and may have left already, has its way then. Else that way
   * would be one of the next trial, and take the device from it.
   */
  private void awaitTheDoor() {
    CountDownLatch in = new CountDownLatch(1);
    try (Socket last = new Socket()) {
      last.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      knocks.put(last.getLocalPort(), in);
      last.connect(server.getLocalSocketAddress());
      if (!in.await(NOTICING_MILLIS, TimeUnit.MILLISECONDS)) {
        LOG.debug("the door does not open");
      }
    } catch (IOException e) {
      LOG.debug("the door is closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many bytes came from the device since this was armed. */
  int passed() {
    return trial.passed().get();
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      LOG.debug("closing", e);
    }
    ways.forEach(Way::end);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket driver = server.accept();
        CountDownLatch knock = knocks.remove(driver.getPort());
        if (knock != null) {
          close(driver);
          knock.countDown();
          continue;
        }
        Socket device = new Socket(InetAddress.getLoopbackAddress(), devicePort);
        driver.setTcpNoDelay(true);
        device.setTcpNoDelay(true);
        Way way = new Way(driver, device, trial);
        ways.add(way);
        start("doorstep-line-to-device", way::toDevice);
        start("doorstep-line-to-driver", way::toDriver);
      } catch (IOException e) {
        LOG.debug("no more connections", e);
      }
    }
    ways.forEach(Way::end); // whoever came in while this was closed
  }

  private final class Way {
    private final Socket driver;
    private final Socket device;
    private final Fault fault;
    private final AtomicInteger passed;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean noiseDue;
    private volatile boolean cut;

    Way(Socket driver, Socket device, Trial trial) {
      this.driver = driver;
      this.device = device;
      this.fault = trial.fault();
      this.passed = trial.passed();
    }

    /** Nothing more comes to the driver; the device reads that it was left. */
    void cut() {
      cut = true;
      close(driver);
      try {
        device.shutdownOutput();
      } catch (IOException e) {
        LOG.trace("the device had hung up", e);
      }
    }

    /** Ends, after the device has hung up, or at once if it was not cut or takes its time. */
    void end() {
      try {
        if (cut && !over.await(NOTICING_MILLIS, TimeUnit.MILLISECONDS)) {
          LOG.trace("the device does not hang up by itself");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      close(driver);
      close(device);
    }

    void toDevice() {
      pump(
          driver,
          (bytes, count) -> {
            noiseDue = !fault.noise().isEmpty();
            if (over.getCount() > 0) {
              device.getOutputStream().write(bytes, 0, count);
            }
          });
    }

    void toDriver() {
      pump(device, this::answer);
    }

    /** A driver that has left is not told; what the device does still comes to its end. */
    private void answer(byte[] bytes, int count) {
      if (cut) {
        return;
      }
      try {
        OutputStream out = driver.getOutputStream();
        if (noiseDue) {
          noiseDue = false;
          out.write(HexFormat.ofDelimiter(" ").parseHex(fault.noise()));
        }
        int before = passed.getAndAdd(count);
        int through = Math.max(0, Math.min(count, fault.cut() - before));
        out.write(bytes, 0, through);
        if (through < count && fault.hangUp()) {
          driver.shutdownOutput(); // what was let through still arrives
        }
      } catch (IOException e) {
        LOG.trace("the driver has left", e);
        cut();
      }
    }

    /** Whether the driver shall hear nothing more, also not that the device has hung up. */
    private boolean silent() {
      return !fault.hangUp() && passed.get() > fault.cut();
    }

    private void pump(Socket from, Pass pass) {
      try {
        InputStream in = from.getInputStream();
        byte[] bytes = new byte[8192];
        for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
          pass.on(bytes, count);
        }
      } catch (IOException e) {
        LOG.trace("the line ended", e);
      } finally {
        if (from == driver) {
          cut();
        } else {
          over.countDown();
        }
        if (from == driver ? over.getCount() == 0 : cut || !silent()) {
          close(driver);
          close(device);
          ways.remove(this);
        }
      }
    }
  }

  private interface Pass {
    void on(byte[] bytes, int count) throws IOException;
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing", e);
    }
  }
}
