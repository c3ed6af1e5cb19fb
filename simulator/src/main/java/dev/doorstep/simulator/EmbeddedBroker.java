package dev.doorstep.simulator;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT 5 broker in this process, for demonstrations and tests: Apache Artemis without
 * persistence, users or management, on 127.0.0.1 only. It forgets everything when it is closed.
 *
 * <p>Its clock for sessions ticks every 200 ms, so wills and expiries come that much late.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

  private static final String ACCEPTOR = "mqtt";

  private final EmbeddedActiveMQ server;
  private final int port;

  private EmbeddedBroker(EmbeddedActiveMQ server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts a broker; returns when it takes connections, in about half a second.
   *
   * @param port 0 for any free one
   * @throws IllegalStateException if it does not start, for example because the port is taken
   */
  public static EmbeddedBroker start(int port) {
    EmbeddedActiveMQ server = new EmbeddedActiveMQ().setConfiguration(configuration(port));
    try {
      server.start();
      return new EmbeddedBroker(server, listeningPort(server));
    } catch (Exception e) {
      stop(server);
      throw new IllegalStateException("no broker on 127.0.0.1:" + port, e);
    }
  }

  /** Artemis only logs it when its acceptor does not get the port. */
  private static int listeningPort(EmbeddedActiveMQ server) throws IOException {
    Acceptor acceptor = server.getActiveMQServer().getRemotingService().getAcceptor(ACCEPTOR);
    if (acceptor instanceof NettyAcceptor listening && listening.getActualPort() > 0) {
      return listening.getActualPort();
    }
    throw new IOException("the port is in use");
  }

  /** Where clients connect, as the configuration of a point wants it. */
  public String url() {
    return "mqtt://127.0.0.1:" + port;
  }

  /** The TCP port. */
  public int port() {
    return port;
  }

  /** Ends the broker and cuts its connections. */
  @Override
  public void close() {
    stop(server);
  }

  private static void stop(EmbeddedActiveMQ server) {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("the broker did not end properly", e);
    }
  }

  private static Configuration configuration(int port) {
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("host", "127.0.0.1");
    parameters.put("port", port);
    parameters.put("protocols", "MQTT");
    parameters.put("tcpNoDelay", true);
    parameters.put("useEpoll", false);
    parameters.put("useKQueue", false);
    ConfigurationImpl configuration = new ConfigurationImpl();
    configuration
        .setName("doorstep")
        .setPersistenceEnabled(false)
        .setSecurityEnabled(false)
        .setJMXManagementEnabled(false)
        .setMqttSessionScanInterval(200)
        .setMessageExpiryScanPeriod(1000)
        .addAcceptorConfiguration(
            new TransportConfiguration(
                NettyAcceptorFactory.class.getName(), parameters, ACCEPTOR, new HashMap<>()));
    return configuration;
  }
}
