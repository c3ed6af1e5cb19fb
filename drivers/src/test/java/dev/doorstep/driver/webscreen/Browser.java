package dev.doorstep.driver.webscreen;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import dev.doorstep.simulator.device.Programs;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;

/** A real Chromium without a window, with a profile of its own. */
final class Browser implements AutoCloseable {
  private static final String[] FLAGS = {
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync"
  };

  private final ChromeDriverService service;
  private final ChromeDriver driver;

  /**
   * Short, wherever the project lies: Chromium's own socket below it has at most 108 characters.
   */
  private final Path temporary = Files.createTempDirectory(Path.of("/tmp"), "doorstep-");

  /** Starts one; its profile is below the folder. */
  Browser(Path folder) throws IOException {
    service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(Programs.find("chromedriver").orElseThrow().toFile())
            .usingAnyFreePort()
            .withEnvironment(Map.of("TMPDIR", temporary.toString(), "HOME", folder.toString()))
            .build();
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Programs.find("chromium").orElseThrow().toFile());
    options.addArguments(FLAGS);
    options.addArguments("--user-data-dir=" + folder.resolve("profile"));
    driver = new ChromeDriver(service, options);
  }

  void open(URI page) {
    driver.get(page.toString());
  }

  void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** The one element that a CSS selector means, once it is there. */
  WebElement find(String selector) {
    By by = By.cssSelector(selector);
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(10))
        .until(() -> driver.findElements(by).size() == 1);
    return driver.findElement(by);
  }

  /** The text of an element as people read it, taken at one moment. */
  String text(String selector) {
    return value("document.querySelector('" + selector + "').innerText").toString();
  }

  boolean has(String selector) {
    return !driver.findElements(By.cssSelector(selector)).isEmpty();
  }

  void click(String selector) {
    find(selector).click();
  }

  void press(Keys... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** What an expression in the page's own language is worth. */
  Object value(String expression) {
    return requireNonNull(driver.executeScript("return " + expression), expression);
  }

  /** The texts that an expression gives as an array. */
  List<?> values(String expression) {
    return (List<?>) value(expression);
  }

  void picture(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /** Ends the browser, with each of its processes. */
  @Override
  public void close() {
    List<ProcessHandle> all =
        ProcessHandle.current().descendants().filter(Browser::isOurs).toList();
    driver.quit();
    service.stop();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
    try (Stream<Path> left = Files.walk(temporary)) {
      left.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(ProcessHandle process) {
    return process.info().command().orElse("").contains("chrom");
  }
}
