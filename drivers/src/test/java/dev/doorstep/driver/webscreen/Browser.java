package dev.doorstep.driver.webscreen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import dev.doorstep.simulator.device.Programs;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.Point;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.Pause;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.Sequence;

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

  private static final Duration HELD = Duration.ofMillis(60);

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

  /** Asks the page itself: an element that the driver has found it keeps from being forgotten. */
  boolean has(String selector) {
    return (boolean) value("document.querySelector('" + selector + "') !== null");
  }

  void click(String selector) {
    find(selector).click();
  }

  /** A finger that touches an element in its middle. */
  void touch(String selector) {
    stroke(selector, 0.5, 0.5, 0.5, 0.5);
  }

  /** A finger that goes over an element in a line, from and to shares of its width and height. */
  void stroke(String selector, double fromX, double fromY, double toX, double toY) {
    Rectangle box = find(selector).getRect();
    PointerInput finger = new PointerInput(PointerInput.Kind.TOUCH, "finger");
    Sequence line = new Sequence(finger, 0);
    Duration time = Duration.ofMillis(5);
    PointerInput.Origin page = PointerInput.Origin.viewport();
    line.addAction(finger.createPointerMove(Duration.ZERO, page, at(box, fromX, fromY)));
    line.addAction(finger.createPointerDown(PointerInput.MouseButton.LEFT.asArg()));
    line.addAction(new Pause(finger, HELD)); // as long as a finger is down at least
    int steps = fromX == toX && fromY == toY ? 0 : 20;
    for (int i = 1; i <= steps; i++) {
      double part = (double) i / steps;
      double x = fromX + (toX - fromX) * part;
      double y = fromY + (toY - fromY) * part;
      line.addAction(finger.createPointerMove(time, page, at(box, x, y)));
    }
    line.addAction(finger.createPointerUp(PointerInput.MouseButton.LEFT.asArg()));
    driver.perform(List.of(line));
  }

  private static Point at(Rectangle box, double x, double y) {
    return new Point(
        (int) (box.getX() + x * box.getWidth()), (int) (box.getY() + y * box.getHeight()));
  }

  /** A mouse that draws a line over an element. */
  void drag(String selector) {
    WebElement box = find(selector);
    new Actions(driver)
        .moveToElement(box)
        .clickAndHold()
        .moveByOffset(100, 30)
        .moveByOffset(60, -40)
        .release()
        .perform();
  }

  /** Reads a document to its end, step by step, as a resident must. */
  void readOn() {
    find(".paper");
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              driver.executeScript(
                  "const next = document.querySelector('.down:not([hidden]):not([disabled])');"
                      + "if (next) next.click();");
              return has(".yes:not([hidden])");
            });
  }

  /** Types a text where the keyboard is. */
  void write(String text) {
    new Actions(driver).sendKeys(text).perform();
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

  /** Presses an element at once, without a look for it as a person has. */
  void pressNow(String selector) {
    driver.executeScript("document.querySelector('" + selector + "').click()");
  }

  /** Opens another window and goes there. */
  void anotherWindow() {
    driver.switchTo().newWindow(WindowType.WINDOW);
  }

  /** Goes to the window that was opened at this place in the order, from 0. */
  void window(int at) {
    driver.switchTo().window(List.copyOf(driver.getWindowHandles()).get(at));
  }

  /** Closes the window and goes to the first. */
  void closeWindow() {
    driver.close();
    window(0);
  }

  /** What is in the way of somebody with a disability, by the rules of axe-core. */
  List<?> barriers() {
    try (InputStream axe = Browser.class.getResourceAsStream("/axe.min.js")) {
      driver.executeScript(new String(requireNonNull(axe).readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return (List<?>)
        requireNonNull(
            driver.executeAsyncScript(
                "const done = arguments[0];"
                    + "axe.run(document).then((found) => done(found.violations.map((it) =>"
                    + " it.id + ': ' + it.nodes.map((node) => node.html).join(' '))))"));
  }

  /** Bytes of the page's own objects and the number of its nodes and listeners, after a clean. */
  Map<String, Long> memory() {
    driver.executeCdpCommand("HeapProfiler.collectGarbage", Map.of());
    driver.executeCdpCommand("Performance.enable", Map.of());
    List<?> metrics =
        (List<?>)
            requireNonNull(
                driver.executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics"));
    Map<String, Long> memory = new HashMap<>();
    for (Object metric : metrics) {
      Map<?, ?> one = (Map<?, ?>) metric;
      memory.put(
          String.valueOf(one.get("name")), ((Number) requireNonNull(one.get("value"))).longValue());
    }
    return memory;
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
