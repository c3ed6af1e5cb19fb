package dev.doorstep.agent;

import dev.doorstep.agent.blob.BlobLimits;
import dev.doorstep.agent.blob.BlobStore;
import dev.doorstep.agent.command.CommandCounters;
import dev.doorstep.agent.command.CommandDispatcher;
import dev.doorstep.agent.config.Configuration;
import dev.doorstep.agent.config.Configuration.PointSettings;
import dev.doorstep.agent.config.DeviceEntry;
import dev.doorstep.agent.device.DeviceLane;
import dev.doorstep.agent.device.DeviceRegistry;
import dev.doorstep.agent.device.DeviceWatcher;
import dev.doorstep.agent.device.Surroundings;
import dev.doorstep.agent.journal.Journal;
import dev.doorstep.agent.journal.JournalException;
import dev.doorstep.agent.journal.JournalSettings;
import dev.doorstep.agent.link.MqttLink;
import dev.doorstep.agent.local.LocalServer;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.ScreenSource;
import dev.doorstep.driver.transport.screen.Network;
import dev.doorstep.driver.transport.screen.Pairing;
import dev.doorstep.driver.transport.screen.ScreenServer;
import dev.doorstep.driver.webscreen.WebScreenDriver;
import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.PointAbout;
import dev.doorstep.protocol.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running agent: everything between the broker and the devices of a point. */
public final class Agent implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Agent.class);
  private static final long EXPIRY_SECONDS = 30;
  private static final Duration FLUSHING = Duration.ofSeconds(3);

  private final Configuration configuration;
  private final Topics topics;
  private final String session = Names.random();
  private final Instant started;
  private final Locale locale;
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Optional<Pairing> pairing;
  private final @Nullable ScreenServer screens;
  private final DeviceRegistry devices;
  private final CommandDispatcher dispatcher;
  private final Optional<Journal> journal;
  private final BlobStore blobs;
  private final Announcements announcements;
  private final ScheduledExecutorService housekeeping;
  private volatile @Nullable LocalServer local;
  private volatile @Nullable MqttLink link;

  private Agent(
      Configuration configuration,
      Map<String, Driver> drivers,
      Optional<Journal> journal,
      BlobStore blobs,
      Clock clock)
      throws StartException {
    this.journal = journal;
    this.blobs = blobs;
    this.housekeeping = Executors.newSingleThreadScheduledExecutor(Agent::housekeeper);
    this.configuration = configuration;
    this.started = clock.instant();
    this.topics = new Topics(configuration.point().id());
    this.announcements = new Announcements(topics, session, journal, clock);
    this.pairing =
        configuration.screen().network().isPresent() && !screenNames(configuration).isEmpty()
            ? Optional.of(Tablets.pairing(configuration.data()))
            : Optional.empty();
    this.screens = screens(configuration, pairing);
    this.locale = configuration.language().map(Locale::forLanguageTag).orElse(Locale.getDefault());
    ScreenServer server = screens;
    ScreenSource source = server == null ? ScreenSource.NONE : server::screen;
    this.devices =
        new DeviceRegistry(
            configuration.devices().stream()
                .map(d -> new DeviceRegistry.NamedDevice(d.settings(), d.driver()))
                .toList(),
            drivers,
            new Surroundings(session, locale, clock, source, watcher(server)));
    this.dispatcher =
        new CommandDispatcher(
            devices, journal, blobs, locale, clock, housekeeping, new CommandCounters(meters));
  }

  /**
   * Starts the agent of a point: journal, devices, broker, local server.
   *
   * @throws StartException if a port is taken, or another agent has the data folder, or that cannot
   *     be used; nothing is left running then
   */
  public static Agent start(Configuration configuration, Map<String, Driver> drivers)
      throws StartException {
    Clock clock = Clock.systemUTC();
    Journal journal = journal(configuration, clock);
    Agent agent;
    try {
      agent = create(configuration, drivers, Optional.of(journal), clock);
    } catch (StartException e) {
      journal.close();
      throw e;
    }
    try {
      agent.begin();
      return agent;
    } catch (StartException e) {
      agent.close();
      throw e;
    }
  }

  private void begin() throws StartException {
    LocalServer server = LocalServer.bind(this, configuration.local().port(), configuration.data());
    local = server;
    MqttLink way =
        new MqttLink(
            configuration.mqtt(),
            topics,
            session,
            dispatcher,
            blobs,
            new CommandCounters(meters),
            locale);
    link = way;
    way.document(topics.about(), about());
    try {
      announcements.go(way);
      dispatcher.recover(way::way);
    } catch (JournalException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
    devices.start();
    way.start();
    server.start(); // what an earlier start left comes first
    var unused =
        housekeeping.scheduleWithFixedDelay(
            blobs::expire, EXPIRY_SECONDS, EXPIRY_SECONDS, TimeUnit.SECONDS);
  }

  private static Agent create(
      Configuration configuration,
      Map<String, Driver> drivers,
      Optional<Journal> journal,
      Clock clock)
      throws StartException {
    BlobStore blobs;
    try {
      blobs =
          BlobStore.open(
              configuration.data().resolve("spool"), BlobLimits.DEFAULT, System::nanoTime);
    } catch (IOException e) {
      throw new StartException("no documents can be kept: " + e.getMessage(), e);
    }
    try {
      return new Agent(configuration, drivers, journal, blobs, clock);
    } catch (StartException e) {
      blobs.close();
      throw e;
    }
  }

  private static Journal journal(Configuration configuration, Clock clock) throws StartException {
    try {
      return Journal.open(JournalSettings.in(configuration.data()), clock);
    } catch (JournalException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Starts the devices alone, for a technician who tries them: no broker, no local server, no
   * journal.
   *
   * @throws StartException if the screen's port is taken
   */
  public static Agent startDevices(Configuration configuration, Map<String, Driver> drivers)
      throws StartException {
    Agent agent = create(configuration, drivers, Optional.empty(), Clock.systemUTC());
    agent.devices.start();
    return agent;
  }

  /** Where commands go, whoever sends them. */
  public CommandDispatcher dispatcher() {
    return dispatcher;
  }

  /** Lets go of a document that a client has. */
  public void release(String client, String blob) {
    blobs.release(client, blob);
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
        .map(server -> page("127.0.0.1", server.port(), name));
  }

  private DeviceWatcher watcher(@Nullable ScreenServer server) {
    return server == null
        ? announcements
        : new IdleScreen(
            configuration.point().name(),
            configuration.devices().stream().map(device -> device.settings().id()).toList(),
            server::idle,
            announcements);
  }

  /** The tablets that may open the screens; empty where they are for this machine alone. */
  public Optional<Pairing> pairing() {
    return pairing;
  }

  /** Where tablets find the screens; none where they are for this machine alone. */
  public List<URI> screensOnTheNetwork() {
    ScreenServer server = screens;
    if (server == null || pairing.isEmpty()) {
      return List.of();
    }
    return screenNames(configuration).stream()
        .sorted()
        .flatMap(name -> server.addresses().stream().map(host -> page(host, server.port(), name)))
        .toList();
  }

  private static URI page(String host, int port, String name) {
    return URI.create("http://" + host + ":" + port + "/screen/" + name);
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
    if (!journal.map(kept -> kept.flush(FLUSHING)).orElse(true)) {
      log.warn("the disk is slow: some replies are told at the next start");
    }
    if (link != null) {
      link.close();
    }
    if (screens != null) {
      screens.close();
    }
    housekeeping.shutdownNow();
    journal.ifPresent(Journal::close);
    blobs.close();
    meters.close();
  }

  private static Thread housekeeper(Runnable work) {
    Thread thread = new Thread(work, "doorstep-housekeeping");
    thread.setDaemon(true);
    return thread;
  }

  private static @Nullable ScreenServer screens(
      Configuration configuration, Optional<Pairing> pairing) throws StartException {
    Set<String> names = screenNames(configuration);
    if (names.isEmpty()) {
      return null;
    }
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), configuration.screen().port());
    try {
      Optional<Network> network =
          pairing.flatMap(
              tablets ->
                  configuration
                      .screen()
                      .network()
                      .map(
                          where ->
                              new Network(
                                  NetUtil.createInetAddressFromIpAddressString(where), tablets)));
      return ScreenServer.start(address, network, names, WebScreenDriver.page());
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
}
