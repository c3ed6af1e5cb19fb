package dev.doorstep.simulator.device;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A device as a USB host sees it: what it is asked on endpoint 0, and bytes in requests on its bulk
 * endpoints. An answer of the device is one transfer; with two endpoints each way its first 7 bytes
 * travel on the first and the rest on the second, as readers with a SAM do. Any thread.
 */
final class UsbFunction implements Wire {
  /** The head of a frame of SAM readers: preamble and length. */
  private static final int HEAD = 7;

  private static final int GET_STATUS = 0;
  private static final int CLEAR_FEATURE = 1;
  private static final int GET_DESCRIPTOR = 6;
  private static final int GET_CONFIGURATION = 8;
  private static final int SET_CONFIGURATION = 9;
  private static final int SET_INTERFACE = 11;

  private final UsbIdentity identity;
  private final WireDevice device;
  private final Answers answers;
  private final Map<Integer, Pipe> pipes = new HashMap<>();
  private boolean open = true;

  /** Takes what a request for bytes gets. */
  interface Answers {
    void answer(int request, byte[] bytes);
  }

  /** Requests that wait for bytes, and bytes that wait for a request. */
  private static final class Pipe {
    private final ArrayDeque<Asked> asked = new ArrayDeque<>();
    private final ArrayDeque<byte[]> ready = new ArrayDeque<>();
  }

  private record Asked(int request, int length) {}

  UsbFunction(UsbIdentity identity, WireDevice device, Answers answers) {
    this.identity = identity;
    this.device = device;
    this.answers = answers;
    identity.in().forEach(address -> pipes.put(address & 0x7F, new Pipe()));
    device.connected(this);
  }

  /** A control request: its answer, or empty if the device refuses it. */
  Optional<byte[]> control(int type, int request, int value, int length) {
    if ((type & 0x60) != 0) {
      return Optional.empty(); // none of a class or a vendor
    }
    return switch (request) {
      case GET_STATUS -> Optional.of(new byte[2]);
      case GET_CONFIGURATION -> Optional.of(new byte[] {1});
      case CLEAR_FEATURE, SET_CONFIGURATION, SET_INTERFACE -> Optional.of(new byte[0]);
      case GET_DESCRIPTOR ->
          identity
              .descriptor(value >> 8, value & 0xFF)
              .map(bytes -> Arrays.copyOf(bytes, Math.min(bytes.length, length)));
      default -> Optional.empty();
    };
  }

  /** Bytes for the device; false if it has no such endpoint. */
  boolean out(int endpoint, byte[] bytes) {
    if (!identity.out().contains(endpoint)) {
      return false;
    }
    if (bytes.length > 0) {
      device.received(bytes, this);
    }
    return true;
  }

  /** A request for bytes, answered when some are there; false if there is no such endpoint. */
  boolean in(int endpoint, int request, int length) {
    Pipe pipe = pipes.get(endpoint);
    if (pipe == null) {
      return false;
    }
    synchronized (this) {
      pipe.asked.add(new Asked(request, length));
    }
    serve(pipe);
    return true;
  }

  /** The host does not want an answer any more; false if it is on its way already. */
  synchronized boolean unlink(int request) {
    return pipes.values().stream()
        .anyMatch(pipe -> pipe.asked.removeIf(asked -> asked.request == request));
  }

  @Override
  public void send(byte[] bytes) {
    if (identity.in().size() == 1) {
      put(0, bytes);
    } else {
      int head = Math.min(HEAD, bytes.length);
      put(0, Arrays.copyOf(bytes, head));
      put(1, Arrays.copyOfRange(bytes, head, bytes.length));
    }
  }

  private void put(int number, byte[] bytes) {
    Pipe pipe = pipes.get(identity.in().get(number) & 0x7F);
    if (pipe == null || bytes.length == 0) {
      return;
    }
    synchronized (this) {
      pipe.ready.add(bytes);
    }
    serve(pipe);
  }

  /** Gives what is there to who asked for it. */
  private void serve(Pipe pipe) {
    while (true) {
      Asked asked;
      byte[] part;
      synchronized (this) {
        if (!open || pipe.asked.isEmpty() || pipe.ready.isEmpty()) {
          return;
        }
        asked = pipe.asked.remove();
        byte[] next = pipe.ready.remove();
        part = Arrays.copyOf(next, Math.min(next.length, asked.length));
        if (part.length < next.length) {
          pipe.ready.addFirst(Arrays.copyOfRange(next, part.length, next.length));
        }
      }
      answers.answer(asked.request, part);
    }
  }

  @Override
  public synchronized boolean open() {
    return open;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (!open) {
        return;
      }
      open = false;
    }
    device.disconnected(this);
  }
}
