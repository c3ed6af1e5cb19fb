package dev.doorstep.driver.webscreen;

import static dev.doorstep.driver.webscreen.Counter.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.transport.screen.Network;
import dev.doorstep.driver.transport.screen.Pairing;
import dev.doorstep.protocol.operation.ShowOnScreen;
import dev.doorstep.simulator.testing.RealComponent;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** A tablet that is not paired yet, on another address of the loopback interface. */
@RealComponent("chromium")
@RealComponent("chromedriver")
class BrowserPairingTest {
  @Test
  void theCodeOpensTheScreen(@TempDir Path folder) throws Exception {
    Pairing pairing = new Pairing(List.of(), tablets -> {}, System::nanoTime);
    Network network = new Network(InetAddress.getByName("127.0.0.2"), pairing);
    try (Browser browser = new Browser(folder);
        Counter counter = Counter.open(network)) {
      browser.size(1280, 800);
      browser.open(URI.create("http://127.0.0.2:" + counter.port() + "/screen/pad"));
      assertThat(browser.text("h1")).contains("请输入配对码", "Enter the pairing code");
      PageLook.demand(browser, "1280x800-pair");
      assertThat(browser.barriers()).isEmpty();
      String code = pairing.begin("tablet");
      browser.find("#code").sendKeys(code.startsWith("0") ? "1" : "0", Keys.ENTER);
      await().until(() -> browser.text("#told").contains("Wrong"));
      PageLook.demand(browser, "1280x800-pair-wrong");
      browser.find("#code").sendKeys(code.substring(0, 4) + " " + code.substring(4), Keys.ENTER);
      await().until(counter::shown);
      counter.run(ShowOnScreen.text("须知", "请准备照片"), call()).get();
      assertThat(browser.text(".paper .text")).isEqualTo("请准备照片");
      assertThat(browser.value("document.cookie")).as("what a script sees").isEqualTo("");
    }
  }
}
