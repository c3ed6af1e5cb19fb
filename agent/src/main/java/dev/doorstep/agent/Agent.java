package dev.doorstep.agent;

import dev.doorstep.agent.command.CommandCounters;
import dev.doorstep.agent.command.CommandDispatcher;
import dev.doorstep.agent.config.Configuration;
import dev.doorstep.agent.config.Configuration.PointSettings;
import dev.doorstep.agent.config.DeviceEntry;
import dev.doorstep.agent.device.DeviceLane;
import dev.doorstep.agent.device.DeviceRegistry;
import dev.doorstep.agent.device.DeviceWatcher;
import dev.doorstep.agent.device.Surroundings;
import dev.doorstep.agent.link.MqttLink;
import dev.doorstep.agent.local.LocalServer;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.ScreenSource;
import dev.doorstep.driver.transport.screen.ScreenServer;
import dev.doorstep.driver.webscreen.WebScreenDriver;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.DeviceEvent;
import dev.doorstep.protocol.DeviceStatus;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.PointAbout;
import dev.doorstep.protocol.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One running agent: everything between the broker and the devices of a point. */
public final class Agent implements AutoCloseable {
  private final Configuration configuration;
  private final Topics topics;
  private final String session = Names.random();
  private final AtomicLong events = new AtomicLong();
  private final Instant started;
  private final Locale locale;
  private final Clock clock;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final @Nullable ScreenServer screens;
  private final DeviceRegistry devices;
  private final CommandDispatcher dispatcher;
  private volatile @Nullable LocalServer local;
  private volatile @Nullable MqttLink link;

  private Agent(Configuration configuration, Map<String, Driver> drivers, Clock clock)
      throws StartException {
    this.configuration = configuration;
    this.clock = clock;
    this.started = clock.instant();
    this.topics = new Topics(configuration.point().id());
    this.screens = screens(configuration);
    this.locale = configuration.language().map(Locale::forLanguageTag).orElse(Locale.getDefault());
    ScreenServer server = screens;
    ScreenSource source = server == null ? ScreenSource.NONE : server::screen;
    this.devices =
        new DeviceRegistry(
            configuration.devices().stream()
                .map(d -> new DeviceRegistry.NamedDevice(d.settings(), d.driver()))
                .toList(),
            drivers,
            new Surroundings(session, locale, clock, source, new Watcher()));
    this.dispatcher = new CommandDispatcher(devices, locale, new CommandCounters(meters));
  }

  /**
   * Starts the agent of a point: devices, broker, local server.
   *
   * @throws StartException if a port is taken; nothing is left running then
   */
  public static Agent start(Configuration configuration, Map<String, Driver> drivers)
      throws StartException {
    Agent agent = new Agent(configuration, drivers, Clock.systemUTC());
    try {
      agent.local = LocalServer.start(agent, configuration.local().port(), configuration.data());
    } catch (StartException e) {
      agent.close();
      throw e;
    }
    agent.link =
        new MqttLink(
            configuration.mqtt(),
            agent.topics,
            agent.session,
            agent.dispatcher,
            new CommandCounters(agent.meters),
            agent.locale);
    agent.link.document(agent.topics.about(), agent.about());
    agent.devices.start();
    agent.link.start();
    return agent;
  }

  /**
   * Starts the devices alone, for a technician who tries them: no broker, no local server.
   *
   * @throws StartException if the screen's port is taken
   */
  public static Agent startDevices(Configuration configuration, Map<String, Driver> drivers)
      throws StartException {
    Agent agent = new Agent(configuration, drivers, Clock.systemUTC());
    agent.devices.start();
    return agent;
  }

  /** Where commands go, whoever sends them. */
  public CommandDispatcher dispatcher() {
    return dispatcher;
  }

  /** The lanes of the devices. */
  public DeviceRegistry devices() {
    return devices;
  }

  /** What is counted, in the Prometheus text format. */
  public String metrics() {
    return meters.scrape();
  }

  /** The agent's configuration. */
  public Configuration configuration() {
    return configuration;
  }

  /** Whether the broker is connected now. */
  public boolean isOnline() {
    return link != null && link.isConnected();
  }

  /** The port of the local server, or empty if there is none. */
  public Optional<Integer> localPort() {
    return Optional.ofNullable(local).map(LocalServer::port);
  }

  /** Where a browser finds a screen, or empty if no device has one of this name. */
  public Optional<URI> screen(String name) {
    return Optional.ofNullable(screens)
        .filter(server -> screenNames(configuration).contains(name))
        .map(server -> URI.create("http://127.0.0.1:" + server.port() + "/screen/" + name));
  }

  /** What the point is. */
  PointAbout about() {
    PointSettings point = configuration.point();
    return new PointAbout(
        point.name(),
        point.address(),
        point.area(),
        point.location(),
        point.hours(),
        OpenEnum.of(PointAbout.Service.OPEN),
        started,
        Version.text(),
        session,
        devices.lanes().stream().map(DeviceLane::id).toList());
  }

  /** Ends everything: commands first, then devices, then the broker hears of it. */
  @Override
  public void close() {
    dispatcher.stop();
    if (local != null) {
      local.close();
    }
    devices.close();
    if (link != null) {
      link.close();
    }
    if (screens != null) {
      screens.close();
    }
    meters.close();
  }

  private static @Nullable ScreenServer screens(Configuration configuration) throws StartException {
    Set<String> names = screenNames(configuration);
    if (names.isEmpty()) {
      return null;
    }
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), configuration.screen().port());
    try {
      return ScreenServer.start(address, names, WebScreenDriver.page());
    } catch (IOException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Set<String> screenNames(Configuration configuration) {
    return configuration.devices().stream()
        .map(DeviceEntry::connection)
        .filter(connection -> connection.scheme().equals("screen"))
        .map(Connection::address)
        .collect(Collectors.toSet());
  }

  private final class Watcher implements DeviceWatcher {
    @Override
    public void changed(String device, DeviceStatus status) {
      MqttLink now = link;
      if (now != null) {
        now.document(topics.device(device), status);
      }
    }

    @Override
    public void happened(String device, String event, Object data) {
      MqttLink now = link;
      if (now != null) {
        now.event(
            device,
            new DeviceEvent(
                Names.random(),
                event,
                clock.instant(),
                session,
                events.incrementAndGet(),
                Optional.empty(),
                Codec.tree(data)));
      }
    }
  }
}
