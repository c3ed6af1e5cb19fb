package dev.doorstep.driver.webscreen;

import static org.awaitility.Awaitility.await;

import dev.doorstep.simulator.testing.RealComponent;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real browser for all tests of a class, before a counter of each one's own. */
@RealComponent("chromium")
@RealComponent("chromedriver")
class InBrowser {
  static Browser browser;
  Counter counter;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    browser = new Browser(folder);
  }

  @AfterAll
  static void stop() {
    browser.close();
  }

  @BeforeEach
  void open() throws Exception {
    counter = Counter.open(0);
    browser.size(1280, 800);
    browser.open(counter.page());
    await().until(counter::shown);
  }

  @AfterEach
  void close() {
    counter.close();
  }
}
