package dev.doorstep.simulator.device;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an eSCL scanner answers to one request after the other, and what it does meanwhile. */
final class EsclAnswers {
  private static final Pattern JOB = Pattern.compile("/eSCL/ScanJobs/([0-9]+)(/NextDocument)?");
  private static final Duration BETWEEN_PARTS = Duration.ofMillis(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
  private static final int LARGEST_REQUEST = 64 * 1024;

  private final Deque<BufferedImage> feeder = new ArrayDeque<>();
  private @Nullable BufferedImage glass;
  private @Nullable ScanJob job;
  private int number;
  private boolean warm;
  private boolean done;
  private volatile @Nullable ScannerFault fault;
  private volatile boolean stalled;

  synchronized void lay(BufferedImage sheet) {
    glass = sheet;
  }

  synchronized void feed(List<BufferedImage> sheets) {
    feeder.clear();
    feeder.addAll(sheets);
  }

  synchronized int sheets() {
    return feeder.size();
  }

  synchronized boolean scanning() {
    return job != null;
  }

  synchronized void fault(@Nullable ScannerFault next) {
    fault = next;
    done = false;
    stalled = false;
  }

  /** Whether it has stopped in the middle of a page since the fault was set. */
  boolean stalled() {
    return stalled;
  }

  /** Whether the next sheet does not come. */
  private boolean stuck() {
    return fault == ScannerFault.JAM || (fault == ScannerFault.SECOND_SHEET_JAMS && done);
  }

  Optional<ScannerFault> fault() {
    return Optional.ofNullable(fault);
  }

  synchronized void forget() {
    job = null;
  }

  /**
   * Answers one request.
   *
   * @return whether the client knows where the answer ends, and so may be left to hang up first
   */
  boolean answer(InputStream in, OutputStream out) throws IOException {
    HttpHead request = HttpHead.read(in);
    int length = Integer.parseInt(request.field("content-length").orElse("0"));
    String body =
        new String(in.readNBytes(Math.min(length, LARGEST_REQUEST)), StandardCharsets.UTF_8);
    awaitEndOf(ScannerFault.SILENT);
    String[] line = request.first().split(" ");
    if (fault == ScannerFault.NO_HTTP) {
      write(out, "220 scanner ready\r\n");
    } else if (line.length != 3 || !line[2].startsWith("HTTP/1.")) {
      empty(out, "400 Bad Request");
    } else if (fault == ScannerFault.DENIED) {
      empty(out, "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"scanner\"");
    } else {
      answer(line[0] + " " + line[1], body, request, out);
    }
    ScannerFault now = fault;
    return now != ScannerFault.NO_HTTP
        && now != ScannerFault.CUT
        && now != ScannerFault.TOO_FEW_BYTES
        && now != ScannerFault.ENDLESS
        && now != ScannerFault.ENDLESS_XML;
  }

  private void answer(String what, String body, HttpHead request, OutputStream out)
      throws IOException {
    Matcher ofJob = JOB.matcher(what.substring(what.indexOf(' ') + 1));
    if (what.equals("GET /eSCL/ScannerCapabilities")) {
      xml(out, EsclXml.capabilities());
    } else if (what.equals("GET /eSCL/ScannerStatus")) {
      xml(out, status());
    } else if (what.equals("POST /eSCL/ScanJobs")) {
      begin(body, request, out);
    } else if (ofJob.matches()) {
      int asked = Integer.parseInt(ofJob.group(1));
      if (what.startsWith("GET ") && ofJob.group(2) != null) {
        next(asked, out);
      } else if (what.startsWith("DELETE ") && ofJob.group(2) == null) {
        empty(out, end(asked) ? "200 OK" : "404 Not Found");
      } else {
        empty(out, "405 Method Not Allowed");
      }
    } else {
      empty(out, "404 Not Found");
    }
  }

  private synchronized String status() {
    String state =
        fault == ScannerFault.DEFECT
            ? "Stopped"
            : job != null || fault == ScannerFault.BUSY ? "Processing" : "Idle";
    String adf =
        stuck()
            ? "ScannerAdfJam"
            : fault == ScannerFault.DOOR_OPEN
                ? "ScannerAdfDoorOpen"
                : feeder.isEmpty() ? "ScannerAdfEmpty" : "ScannerAdfLoaded";
    return EsclXml.status(state, adf);
  }

  private void begin(String body, HttpHead request, OutputStream out) throws IOException {
    String answer;
    synchronized (this) {
      try {
        ScanJob wanted = ScanJob.parse(body);
        if (job != null || fault == ScannerFault.BUSY || fault == ScannerFault.DEFECT) {
          answer = "503 Service Unavailable";
        } else if (wanted.feeder() && feeder.isEmpty()) {
          answer = "409 Conflict";
        } else {
          boolean kept = fault != ScannerFault.FORGETS_JOBS && fault != ScannerFault.NO_LOCATION;
          job = kept ? wanted : null;
          number++;
          warm = false;
          done = false;
          answer = "201 Created";
          if (fault != ScannerFault.NO_LOCATION) {
            String host = request.field("host").orElse("scanner");
            answer += "\r\nLocation: http://" + host + "/eSCL/ScanJobs/" + number;
          }
        }
      } catch (IllegalArgumentException e) {
        answer = "409 Conflict";
      }
    }
    empty(out, answer);
  }

  private synchronized boolean end(int asked) {
    boolean current = job != null && asked == number;
    if (current) {
      job = null;
    }
    return current;
  }

  private void next(int asked, OutputStream out) throws IOException {
    ScanJob wanted;
    BufferedImage sheet;
    synchronized (this) {
      ScanJob current = job;
      if (current == null || asked != number) {
        empty(out, "404 Not Found");
        return;
      }
      boolean blocked = stuck() || fault == ScannerFault.DOOR_OPEN;
      if (!warm || fault == ScannerFault.SLOW || (current.feeder() && blocked)) {
        warm = true; // the lamp is, when it is asked again
        empty(out, "503 Service Unavailable");
        return;
      }
      wanted = current;
      sheet = current.feeder() ? feeder.poll() : done ? null : white();
      done = true;
      if (sheet == null) {
        job = null;
        empty(out, "404 Not Found");
        return;
      }
    }
    page(ScannedSheet.jpeg(sheet, wanted), out);
  }

  private BufferedImage white() {
    BufferedImage lid = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    lid.setRGB(0, 0, 0xFFFFFF);
    return Optional.ofNullable(glass).orElse(lid);
  }

  /** A page, spoilt as the fault wants it. */
  private void page(byte[] jpeg, OutputStream out) throws IOException {
    ScannerFault now = fault;
    byte[] body = jpeg;
    if (now == ScannerFault.NOT_A_PICTURE) {
      body = new byte[20_000];
    } else if (now == ScannerFault.HUGE_PICTURE) {
      body = ScannedSheet.huge(jpeg);
    }
    long length = now == ScannerFault.TOO_FEW_BYTES ? body.length + 1000L : body.length;
    write(out, "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nConnection: close\r\n");
    if (now != ScannerFault.ENDLESS) {
      write(out, "Content-Length: " + length + "\r\n");
    }
    write(out, "\r\n");
    boolean half =
        now == ScannerFault.CUT || now == ScannerFault.STALL || now == ScannerFault.ENDLESS;
    out.write(body, 0, half ? body.length / 2 : body.length);
    out.flush();
    if (now == ScannerFault.ENDLESS) {
      endless(out, new byte[64 * 1024]);
    }
    stalled = now == ScannerFault.STALL;
    awaitEndOf(ScannerFault.STALL);
  }

  private void endless(OutputStream out, byte[] filler) throws IOException {
    while (fault().isPresent() && Threads.pause(BETWEEN_PARTS)) {
      out.write(filler);
      out.flush();
    }
  }

  private void xml(OutputStream out, String text) throws IOException {
    String sent =
        fault == ScannerFault.BAD_XML
            ? text.substring(0, text.length() / 2)
            : fault == ScannerFault.ENTITIES ? EsclXml.entities() : text;
    byte[] bytes = sent.getBytes(StandardCharsets.UTF_8);
    boolean ends = fault != ScannerFault.ENDLESS_XML;
    write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n");
    write(out, ends ? "Content-Length: " + bytes.length + "\r\n\r\n" : "\r\n");
    if (!ends) {
      write(out, "<a>");
      endless(out, "<b>".repeat(4096).getBytes(StandardCharsets.UTF_8));
    }
    out.write(bytes);
    out.flush();
  }

  private static void empty(OutputStream out, String status) throws IOException {
    write(out, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  }

  private void awaitEndOf(ScannerFault waitedFor) throws IOException {
    while (fault == waitedFor) {
      if (!Threads.pause(BETWEEN_LOOKS)) {
        throw new IOException("unplugged");
      }
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }
}
