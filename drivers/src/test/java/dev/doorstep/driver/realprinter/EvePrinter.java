package dev.doorstep.driver.realprinter;

import static org.awaitility.Awaitility.await;

import dev.doorstep.simulator.device.HeldPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The printer {@code ippeveprinter} of CUPS, with a bus of its own. What it prints is handed to a
 * script, which keeps it where a test can look at it. Told to hold, it prints nothing until it is
 * let go; like real printers, and unlike ippeveprinter alone, it gives a job up that is cancelled.
 */
public final class EvePrinter implements AutoCloseable {
  /** All forms that it may take. */
  public static final String ALL_FORMATS =
      "application/pdf,image/jpeg,image/png,image/pwg-raster,text/plain";

  private static final String SCRIPT =
      """
      #!/bin/sh
      # prints the file; shows the printer's state as it is told, stops if the job is cancelled
      dir=%s
      last=
      while :; do
        state=$(cat $dir/state 2>/dev/null)
        [ "$state" = "$last" ] || { echo "STATE: $state" >&2; last=$state; }
        [ ! -e $dir/count ] || echo "ATTR: job-impressions-completed=$(cat $dir/count)" >&2
        [ -e $dir/hold ] || break
        if ipptool -tv "$IPP_JOB_PRINTER_URI" -d id="$IPP_JOB_ID" $dir/job.test \\
            | grep -q processing-to-stop-point; then
          touch $dir/given-up
          exit 1
        fi
        sleep 0.1
      done
      [ ! -e $dir/abort ] || exit 1
      printed="$dir/printed/$(date +%%s%%N)"
      cp "$1" "$printed.part"
      env | grep '^IPP_' > "$printed.env"
      echo "$CONTENT_TYPE" > "$printed.type"
      mv "$printed.part" "$printed.document"
      """;

  private static final String JOB =
      """
      { OPERATION Get-Job-Attributes
        GROUP operation-attributes-tag
        ATTR charset attributes-charset utf-8
        ATTR naturalLanguage attributes-natural-language en
        ATTR uri printer-uri $uri
        ATTR integer job-id $id
      }
      """;

  private static final String BUS =
      """
      <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
       "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
      <busconfig>
        <type>system</type>
        <listen>unix:path=%s</listen>
        <auth>EXTERNAL</auth>
        <policy context="default">
          <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
          <allow own="*"/><allow user="*"/>
        </policy>
      </busconfig>
      """;

  private final Path folder;
  private final HeldPort port = HeldPort.take(0);
  private final String formats;
  private final List<String> options;
  private final Program bus;
  private @Nullable Program printer;

  private EvePrinter(Path folder, String formats, List<String> options) throws IOException {
    this.folder = folder;
    this.formats = formats;
    this.options = List.copyOf(options);
    Files.createDirectories(folder.resolve("printed"));
    Files.createDirectories(folder.resolve("spool"));
    Path script = folder.resolve("print.sh");
    Files.writeString(script, SCRIPT.formatted(folder));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(folder.resolve("job.test"), JOB);
    Path configuration = folder.resolve("bus.conf");
    Files.writeString(configuration, BUS.formatted(folder.resolve("bus")));
    bus =
        Program.start(
            List.of("dbus-daemon", "--nofork", "--nopidfile", "--config-file=" + configuration),
            Map.of(),
            folder.resolve("bus.log"),
            () -> Files.exists(folder.resolve("bus")));
  }

  /**
   * Starts a printer that takes some forms of documents.
   *
   * @param folder an existing folder of its own
   * @param options further words of its command line, such as {@code -2} for duplex
   */
  public static EvePrinter start(Path folder, String formats, String... options) {
    try {
      EvePrinter printer = new EvePrinter(folder.toAbsolutePath(), formats, List.of(options));
      try {
        printer.plugIn();
        return printer;
      } catch (RuntimeException e) {
        printer.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its connection, the same after it was unplugged and plugged in. */
  public String connection() {
    return "ipp://127.0.0.1:" + port() + "/ipp/print";
  }

  /** Its port. */
  public int port() {
    return port.port();
  }

  /** Starts the process. */
  public void plugIn() {
    List<String> command =
        new ArrayList<>(List.of("ippeveprinter", "-p", Integer.toString(port())));
    command.addAll(List.of("-r", "off", "-d", folder.resolve("spool").toString()));
    command.addAll(List.of("-c", folder.resolve("print.sh").toString(), "-f", formats));
    command.addAll(List.of("-n", "localhost"));
    command.addAll(options);
    command.add("Specimen");
    printer =
        Program.start(
            command,
            Map.of("DBUS_SYSTEM_BUS_ADDRESS", "unix:path=" + folder.resolve("bus")),
            folder.resolve("printer.log"),
            () -> Program.accepts(port()));
  }

  /** Kills the process. */
  public void unplug() {
    Program running = printer;
    if (running != null) {
      printer = null;
      running.kill();
    }
  }

  /** Holds every job until {@link #letGo}. */
  public void hold() {
    touch("hold");
  }

  /** Prints on. */
  public void letGo() {
    remove("hold");
  }

  /** Gives up every job from now on. */
  public void abortJobs() {
    touch("abort");
  }

  /** What the job that is printed says of the printer, such as {@code +media-jam-error}. */
  public void say(String state) {
    try {
      Path next = folder.resolve("state.next");
      Files.writeString(next, state);
      Files.move(next, folder.resolve("state"), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fills its trays or empties them, by its page for people. */
  public void paper(boolean there) {
    String sheet = "=na_letter_8.5x11in&type%d=stationery&level%d=";
    get(
        ("/media?size1" + sheet + "%d&size3" + sheet + "%d")
            .formatted(1, 1, there ? 250 : 0, 3, 3, there ? 25 : 0));
  }

  /** Says that so many sides of each job are out. */
  public void counts(int sides) {
    try {
      Files.writeString(folder.resolve("count"), Integer.toString(sides));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets the level of its black in percent, by its page for people. */
  public void black(int percent) {
    get("/supplies?supply0=25&supply1=" + percent + "&supply2=50&supply3=50&supply4=50");
  }

  /** What it has printed, in the order of the jobs. */
  public List<Path> printed() {
    try (Stream<Path> files = Files.list(folder.resolve("printed"))) {
      return files.filter(file -> file.toString().endsWith(".document")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it has given up a job that was cancelled. */
  public boolean gaveUp() {
    return Files.exists(folder.resolve("given-up"));
  }

  /** The only document that it has printed. */
  public byte[] onlyDocument() {
    try {
      if (printed().size() != 1) {
        throw new AssertionError("printed are " + printed());
      }
      return Files.readAllBytes(printed().get(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The type and the attributes of the last job that was printed. */
  public String lastJob() {
    List<Path> all = printed();
    String last = all.get(all.size() - 1).toString().replace(".document", "");
    try {
      return Files.readString(Path.of(last + ".type")) + Files.readString(Path.of(last + ".env"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Program running = printer;
    if (running != null) {
      running.close();
    }
    bus.close();
    port.close();
  }

  private void touch(String name) {
    try {
      Files.write(folder.resolve(name), new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void remove(String name) {
    try {
      Files.deleteIfExists(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void get(String path) {
    await(path)
        .ignoreExceptions()
        .until(
            () ->
                HttpClient.newHttpClient()
                        .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                                .timeout(Duration.ofSeconds(5))
                                .build(),
                            HttpResponse.BodyHandlers.discarding())
                        .statusCode()
                    == 200);
  }
}
