package dev.doorstep.protocol.mqtt;

import io.netty.handler.ssl.SslHandler;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS 1.2 or 1.3 with one broker, whose name is always checked. */
final class Tls {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  /** The farewell of TLS would wait behind a write that is stuck; MQTT has said its own. */
  private static final long FAREWELL_MILLIS = 200;

  private final BrokerAddress address;
  private final SSLContext context;

  private Tls(BrokerAddress address, SSLContext context) {
    this.address = address;
    this.context = context;
  }

  /**
   * Reads the files.
   *
   * @throws BrokerException that names the file and what to do about it
   */
  static Tls of(BrokerAddress address, TlsFiles files) throws BrokerException {
    KeyManager[] keys =
        ClientKey.of(files)
            .map(key -> new KeyManager[] {new OneKey(key)})
            .orElse(new KeyManager[0]);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {trust(address, files)}, null);
      return new Tls(address, context);
    } catch (GeneralSecurityException e) {
      throw new BrokerException(Wording.of("no-tls", e), e);
    }
  }

  private static TrustManager trust(BrokerAddress address, TlsFiles files)
      throws GeneralSecurityException, BrokerException {
    @Nullable KeyStore authorities = null;
    Wording where = Wording.of("authorities-of-java");
    if (files.trust().isPresent()) {
      StoredFile file = StoredFile.read(files.trust().get());
      authorities = Certificates.authorities(file, StoredFile.password(files.trustPassword()));
      where = Wording.of("authorities-of-file", file);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    for (TrustManager each : factory.getTrustManagers()) {
      if (each instanceof X509ExtendedTrustManager java) {
        return new BrokerTrust(java, address, where);
      }
    }
    throw new GeneralSecurityException("it has no X.509");
  }

  /** What shakes hands and encrypts on one connection. */
  SslHandler handler() {
    SSLEngine engine = context.createSSLEngine(name(), address.port());
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(VERSIONS);
    engine.setSSLParameters(parameters);
    SslHandler handler = new SslHandler(engine);
    handler.setHandshakeTimeoutMillis(0); // the attempt has its own time
    handler.setCloseNotifyFlushTimeoutMillis(FAREWELL_MILLIS);
    return handler;
  }

  private String name() {
    String host = address.host();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
