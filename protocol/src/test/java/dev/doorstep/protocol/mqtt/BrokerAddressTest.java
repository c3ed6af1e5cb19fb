package dev.doorstep.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAddressTest {
  @Test
  void readsAddresses() {
    BrokerAddress address = BrokerAddress.of(URI.create("mqtt://broker.example:1884"));
    assertThat(address).isEqualTo(new BrokerAddress("broker.example", 1884));
    assertThat(address).hasToString("mqtt://broker.example:1884");
    assertThat(BrokerAddress.of(URI.create("mqtt://192.0.2.1")).port()).isEqualTo(1883);
    assertThat(BrokerAddress.of(URI.create("mqtt://[::1]/"))).hasToString("mqtt://[::1]:1883");
  }

  @Test
  void readsAddressesWithTls() {
    BrokerAddress address = BrokerAddress.of(URI.create("mqtts://broker.example"));
    assertThat(address).isEqualTo(new BrokerAddress("broker.example", 8883, true));
    assertThat(address).hasToString("mqtts://broker.example:8883");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a:1883",
        "mqtt:a",
        "a:1883",
        "127.0.0.1",
        "mqtt://me:secret@a",
        "mqtt://a:0",
        "mqtt://a:65536",
        "mqtt://a/topic",
        "mqtt://a?x",
        "mqtt://a#x",
        "mqtt:///"
      })
  void refusesOthers(String url) {
    assertThatThrownBy(() -> BrokerAddress.of(URI.create(url)))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .doesNotContain("secret");
  }
}
