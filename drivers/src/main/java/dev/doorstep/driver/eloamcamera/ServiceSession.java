package dev.doorstep.driver.eloamcamera;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.camera.JpegSize;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One connection to the service, from InitDevs to DeinitDevs. For the lane's thread. */
final class ServiceSession implements AutoCloseable {
  /** [U] The camera that looks at the table; a second one, where there is one, looks at people. */
  private static final int DEVICE = 0;

  /** How long the service may take to let the camera go. */
  private static final Duration LEAVING = Duration.ofSeconds(1);

  private final Transport transport;
  private final WebSocketWire wire;
  private final Deque<String> toEnd = new ArrayDeque<>();
  private boolean mute;

  private ServiceSession(Transport transport, WebSocketWire wire) {
    this.transport = transport;
    this.wire = wire;
  }

  /**
   * Connects.
   *
   * @param address what follows {@code ws:}
   */
  static ServiceSession open(String address, Transports transports, Patience patience)
      throws DeviceException {
    String rest = address.substring("//".length());
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "/" : rest.substring(slash);
    Transport transport = transports.open(Connection.parse("tcp:" + authority), patience.due());
    try {
      return new ServiceSession(
          transport, WebSocketWire.open(transport, authority, path, patience));
    } catch (DeviceException | RuntimeException e) {
      transport.close();
      throw e;
    }
  }

  /**
   * Wakes the service's cameras.
   *
   * @throws DeviceException {@code NOT_CONNECTED} if it sees none
   */
  void begin(Patience patience) throws DeviceException {
    toEnd.push("DeinitDevs");
    ask("InitDevs", Map.of(), patience);
    ServiceMessage count = ask("GetDeviceCount", Map.of(), patience);
    if (count.number().orElse(count.ret()) < 1) { // [U] in which of the two it stands
      throw new DeviceException(
          ErrorCode.NOT_CONNECTED, "the vendor's service sees no camera; check its cable");
    }
  }

  /** The sizes that the camera has, in the service's order. */
  List<JpegSize> sizes(Patience patience) throws DeviceException {
    String text = ask("GetResolution", Map.of("device", DEVICE), patience).text();
    List<JpegSize> sizes = new ArrayList<>();
    for (String size : text.split("\\|", -1)) {
      sizes.add(
          JpegSize.of(size.strip())
              .orElseThrow(
                  () -> new DeviceException(ErrorCode.GARBLED, "a resolution that is no size")));
    }
    return sizes;
  }

  /**
   * Switches the camera on.
   *
   * @param resolution [U] which of the sizes, by its number
   * @param callback whether its pictures are to come by themselves
   */
  void open(int resolution, boolean callback, Patience patience) throws DeviceException {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("device", DEVICE);
    parameters.put("resolution", resolution);
    parameters.put("datacallback", callback);
    toEnd.push("CloseCamera");
    ask("OpenCamera", parameters, patience);
  }

  /** Takes a picture. */
  ServiceMessage scan(Patience patience) throws DeviceException {
    return ask("ScanImage", Map.of("device", DEVICE), patience);
  }

  /** The next picture that comes by itself. */
  ServiceMessage pushed(Patience patience) throws DeviceException {
    return await("ImageCallback", patience);
  }

  private ServiceMessage ask(String function, Map<String, Object> parameters, Patience patience)
      throws DeviceException {
    send(function, parameters, patience.due());
    try {
      return await(function, patience);
    } catch (DeviceException e) {
      mute |= e.code() == ErrorCode.TIMEOUT;
      throw e;
    }
  }

  private void send(String function, Map<String, Object> parameters, Deadline deadline)
      throws DeviceException {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("function", function);
    request.putAll(parameters);
    wire.send(Codec.text(request), deadline);
  }

  /** Passes over what else comes, such as pictures; the patience bounds it. */
  private ServiceMessage await(String function, Patience patience) throws DeviceException {
    while (true) {
      ServiceMessage message = ServiceMessage.of(wire.receive(patience));
      if (message.function().equals(function)) {
        if (message.ret() < 0) {
          throw new DeviceException(
              ErrorCode.DEVICE_FAULT,
              "the vendor's service says " + message.ret() + " to " + function);
        }
        return message;
      }
    }
  }

  /**
   * Lets the camera go and hangs up.
   *
   * @throws DeviceException if the service does not say in time that it has let go
   */
  @Override
  public void close() throws DeviceException {
    Patience leaving = new Patience(Deadline.after(LEAVING), () -> false);
    try {
      while (!toEnd.isEmpty()) {
        String function = toEnd.pop();
        if (mute || wire.isTorn()) {
          send(function, Map.of("device", DEVICE), leaving.due());
        } else {
          ask(function, Map.of("device", DEVICE), leaving);
        }
      }
    } finally {
      transport.close();
    }
  }
}
