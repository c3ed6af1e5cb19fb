package dev.doorstep.driver.realprinter;

import static org.awaitility.Awaitility.await;

import dev.doorstep.simulator.device.HeldPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A CUPS of the test's own, with queues whose output can be looked at. */
public final class CupsServer implements AutoCloseable {
  private static final String SETTINGS =
      """
      LogLevel debug
      PidFile %1$s/state/pid
      Listen 127.0.0.1:%2$d
      Browsing Off
      DefaultAuthType None
      WebInterface No
      JobRetryInterval 1
      <Location />
        Order allow,deny
        Allow all
      </Location>
      <Policy default>
        JobPrivateAccess all
        JobPrivateValues none
        SubscriptionPrivateAccess all
        SubscriptionPrivateValues none
        <Limit All>
          Order deny,allow
          Allow all
        </Limit>
      </Policy>
      """;

  private static final String FILES =
      """
      ServerRoot %1$s/etc
      RequestRoot %1$s/spool
      CacheDir %1$s/cache
      StateDir %1$s/state
      TempDir %1$s/tmp
      AccessLog %1$s/log/access
      ErrorLog %1$s/log/error
      PageLog %1$s/log/page
      FileDevice Yes
      """;

  /** A printer of PDF with duplex and two sizes of paper. */
  private static final String PPD =
      """
      *PPD-Adobe: "4.3"
      *FormatVersion: "4.3"
      *FileVersion: "1.0"
      *LanguageVersion: English
      *LanguageEncoding: ISOLatin1
      *PCFileName: "SPECIMEN.PPD"
      *Manufacturer: "Specimen"
      *Product: "(Specimen)"
      *ModelName: "Specimen queue"
      *ShortNickName: "Specimen queue"
      *NickName: "Specimen queue"
      *PSVersion: "(3010.000) 0"
      *LanguageLevel: "3"
      *ColorDevice: True
      *DefaultColorSpace: RGB
      *cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"
      *OpenUI *PageSize/Page Size: PickOne
      *DefaultPageSize: A4
      *PageSize A4/A4: "<</PageSize[595 842]>>setpagedevice"
      *PageSize Letter/US Letter: "<</PageSize[612 792]>>setpagedevice"
      *CloseUI: *PageSize
      *OpenUI *PageRegion/Page Region: PickOne
      *DefaultPageRegion: A4
      *PageRegion A4/A4: "<</PageSize[595 842]>>setpagedevice"
      *PageRegion Letter/US Letter: "<</PageSize[612 792]>>setpagedevice"
      *CloseUI: *PageRegion
      *DefaultImageableArea: A4
      *ImageableArea A4/A4: "0 0 595 842"
      *ImageableArea Letter/US Letter: "0 0 612 792"
      *DefaultPaperDimension: A4
      *PaperDimension A4/A4: "595 842"
      *PaperDimension Letter/US Letter: "612 792"
      *OpenUI *Duplex/2-Sided Printing: PickOne
      *DefaultDuplex: None
      *Duplex None/Off: "<</Duplex false>>setpagedevice"
      *Duplex DuplexNoTumble/Long Edge: "<</Duplex true/Tumble false>>setpagedevice"
      *Duplex DuplexTumble/Short Edge: "<</Duplex true/Tumble true>>setpagedevice"
      *CloseUI: *Duplex
      """;

  private final Path folder;
  private final HeldPort port = HeldPort.take(0);
  private Program server;

  private CupsServer(Path folder) {
    this.folder = folder;
    this.server = launch();
  }

  /** Starts one without queues. Its folder is open to the user of its filters. */
  public static CupsServer start() {
    try {
      Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "cups");
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      for (String name : List.of("etc/ppd", "spool", "cache", "state", "tmp", "log", "printed")) {
        Files.createDirectories(folder.resolve(name));
      }
      Files.setPosixFilePermissions(
          folder.resolve("tmp"), PosixFilePermissions.fromString("rwxrwxrwx"));
      Files.writeString(folder.resolve("cups-files.conf"), FILES.formatted(folder));
      Files.writeString(folder.resolve("specimen.ppd"), PPD);
      return new CupsServer(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port, as {@code CUPS_SERVER} takes it. */
  public String address() {
    return "127.0.0.1:" + port.port();
  }

  /** Where a queue is. */
  public String connection(String queue) {
    return "ipp://" + address() + "/printers/" + queue;
  }

  /** Adds a queue whose jobs end in a file. */
  public CupsServer addFile(String queue) {
    add("-p", queue, "-v", "file:" + output(queue), "-P", folder + "/specimen.ppd");
    return this;
  }

  /** Adds a queue that hands on by IPP. */
  public CupsServer add(String queue, EvePrinter printer) {
    add("-p", queue, "-v", printer.connection().replace("127.0.0.1", "localhost"));
    await("what it learns of the printer")
        .atMost(Duration.ofSeconds(20))
        .until(() -> run("lpoptions", "-h", address(), "-p", queue, "-l").contains("Duplex"));
    return this;
  }

  /** The last job of a queue whose jobs end in a file. */
  public byte[] printed(String queue) {
    try {
      return Files.readAllBytes(output(queue));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has a queue take no jobs. */
  public void reject(String queue) {
    run("cupsreject", "-h", address(), queue);
  }

  /** Stops a queue, as a person does at its page. */
  public void pause(String queue) {
    run("cupsdisable", "-h", address(), queue);
  }

  /** Lets a queue go on. */
  public void resume(String queue) {
    run("cupsenable", "-h", address(), queue);
  }

  /** What its log says. */
  public String log() {
    try {
      return Files.readString(
          folder.resolve("log/error"), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends it and starts it again. */
  public void restart() {
    server.close();
    port.close();
    server = launch();
  }

  @Override
  public void close() {
    server.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Program launch() {
    try {
      Files.writeString(folder.resolve("cupsd.conf"), SETTINGS.formatted(folder, port.port()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Program.start(
        List.of("cupsd", "-f", "-c", folder + "/cupsd.conf", "-s", folder + "/cups-files.conf"),
        Map.of(),
        folder.resolve("log/output"),
        () -> Program.accepts(port.port()));
  }

  private Path output(String queue) {
    return folder.resolve("printed").resolve(queue);
  }

  private void add(String... words) {
    List<String> command = new ArrayList<>(List.of("lpadmin", "-h", address()));
    command.addAll(List.of(words));
    boolean driverless = !command.contains("-P");
    if (driverless) {
      command.addAll(List.of("-m", "everywhere"));
    }
    command.add("-E"); // it takes jobs
    run(command.toArray(String[]::new));
  }

  private String run(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log/commands").toFile())
              .start();
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(
            String.join(" ", command) + ": " + Files.readString(folder.resolve("log/commands")));
      }
      return Files.readString(folder.resolve("log/commands"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
