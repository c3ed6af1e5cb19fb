package dev.doorstep.protocol.mqtt;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** TLS 1.2 or 1.3 with one broker, whose name is always checked. */
final class Tls {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  private final BrokerAddress address;
  private final TlsFiles files;
  private final SSLContext context;

  private Tls(BrokerAddress address, TlsFiles files, SSLContext context) {
    this.address = address;
    this.files = files;
    this.context = context;
  }

  /**
   * Reads the files.
   *
   * @throws IOException that names the file and what to do about it
   */
  static Tls of(BrokerAddress address, TlsFiles files) throws IOException {
    KeyManager[] keys =
        ClientKey.of(files)
            .map(key -> new KeyManager[] {new OneKey(key)})
            .orElse(new KeyManager[0]);
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, new TrustManager[] {trust(address, files)}, null);
      return new Tls(address, files, context);
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

  /**
   * Shakes hands over a connection.
   *
   * @throws IOException that says what failed and what to do
   */
  SSLSocket over(Socket connected) throws IOException {
    try {
      SSLSocket secured =
          (SSLSocket)
              context.getSocketFactory().createSocket(connected, name(), connected.getPort(), true);
      SSLParameters parameters = secured.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(VERSIONS);
      secured.setSSLParameters(parameters);
      secured.startHandshake();
      return secured;
    } catch (IOException e) {
      throw failure(e, true);
    }
  }

  /** What a failure means. */
  BrokerException failure(IOException e, boolean shaking) {
    return TlsFailures.explain(e, address, files.certificate(), shaking);
  }

  private String name() {
    String host = address.host();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
