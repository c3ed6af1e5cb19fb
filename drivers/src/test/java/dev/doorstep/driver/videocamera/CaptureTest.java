package dev.doorstep.driver.videocamera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.protocol.Codec;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CapturedDocument;
import dev.doorstep.simulator.device.DocumentPage;
import dev.doorstep.simulator.device.MjpegCamera;
import dev.doorstep.simulator.device.TcpWire;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is made of the pages that lie before a camera. Each starts the process that makes it. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class CaptureTest {
  private static final Duration AMPLE = Duration.ofMinutes(2);
  private final MjpegCamera camera = MjpegCamera.start(0);

  @AfterEach
  void close() {
    camera.close();
  }

  private LocalDevice open() throws DeviceException {
    return LocalDevice.open(new VideoCameraDriver(), "mjpeg:" + camera.url());
  }

  private static CaptureDocument wish(String json) throws Exception {
    return Codec.parameters(
        CaptureDocument.TYPE, (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"')));
  }

  private static void demand(ErrorCode code, LocalDevice device, String json) throws Exception {
    CaptureDocument wish = wish(json);
    assertThatThrownBy(() -> device.run(wish, new TestCall(AMPLE)))
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  /** What the camera sees while somebody's hand is over the table. */
  private static BufferedImage hand() {
    BufferedImage picture = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(Color.DARK_GRAY);
    pen.fillRect(0, 0, 640, 480);
    pen.dispose();
    return picture;
  }

  @Test
  void thePageIsToldAlsoWhereNothingIsToBeDoneToThePicture() throws Exception {
    try (LocalDevice device = open()) {
      CapturedDocument plain = device.run(wish("{}"), new TestCall(AMPLE));
      assertThat(plain.content().contentType()).isEqualTo("image/jpeg");
      assertThat(plain.page().orElseThrow().found()).isTrue();
      assertThat(plain.page().orElseThrow().corners()).hasSize(4);

      CapturedDocument cropped =
          device.run(wish("{'crop':true,'color':'GRAY'}"), new TestCall(AMPLE));
      assertThat((long) cropped.width() * cropped.height())
          .isLessThan((long) plain.width() * plain.height());
    }
  }

  @Test
  void pagesAreTakenAsTheyAreLaidThere() throws Exception {
    try (LocalDevice device = open()) {
      CaptureDocument two = wish("{'format':'PDF','pages':2,'crop':true,'wait':'PT1M'}");
      CapturedDocument document = turned(device, two, "lay page 2 of 2 under the camera");
      assertThat(document.pages()).isEqualTo(2);
      assertThat(document.content().contentType()).isEqualTo("application/pdf");
    }
  }

  @Test
  void aCardIsTurnedOver() throws Exception {
    try (LocalDevice device = open()) {
      CaptureDocument card = wish("{'layout':'CARD','wait':'PT1M'}");
      assertThat(turned(device, card, "turn the card over").pages()).isEqualTo(1);
    }
  }

  @Test
  void theBareTableIsNoPage() throws Exception {
    BufferedImage page = DocumentPage.specimen().onDesk();
    try (LocalDevice device = open()) {
      TestCall call = new TestCall(AMPLE);
      var end = begun(device, wish("{'format':'PDF','pages':2,'wait':'PT1M'}"), call);
      told(call, end, "lay page 2 of 2 under the camera");
      camera.show(hand()); // the first page is taken away, and nothing moves for a while
      told(call, end, "no page can be seen: lay it flat under the camera, with the table visible");
      camera.show(page);
      assertThat(end.get(AMPLE.toSeconds(), TimeUnit.SECONDS).pages()).isEqualTo(2);

      camera.show(page);
      TestCall other = new TestCall(AMPLE);
      end = begun(device, wish("{'layout':'CARD','wait':'PT5S'}"), other);
      told(other, end, "turn the card over");
      camera.show(hand());
      assertThat(end)
          .failsWithin(AMPLE)
          .withThrowableThat()
          .havingCause()
          .withMessageContaining("no other page was laid there in time");
    }
  }

  private static void told(TestCall call, CompletableFuture<?> end, String beginning) {
    await()
        .atMost(AMPLE)
        .until(
            () ->
                end.isDone() || call.notes().stream().anyMatch(note -> note.startsWith(beginning)));
    assertThat(end).isNotDone();
  }

  private static CompletableFuture<CapturedDocument> begun(
      LocalDevice device, CaptureDocument wish, TestCall call) {
    CompletableFuture<CapturedDocument> end = new CompletableFuture<>();
    Thread lane =
        new Thread(
            () -> {
              try {
                end.complete(device.run(wish, call));
              } catch (DeviceException | RuntimeException e) {
                end.completeExceptionally(e);
              }
            },
            "doorstep-test-lane");
    lane.setDaemon(true);
    lane.start();
    return end;
  }

  private CapturedDocument turned(LocalDevice device, CaptureDocument wish, String note)
      throws Exception {
    TestCall call = new TestCall(AMPLE);
    CompletableFuture<CapturedDocument> end = begun(device, wish, call);
    told(call, end, note);
    AtomicInteger looks = new AtomicInteger();
    BufferedImage page = DocumentPage.specimen().onDesk();
    await()
        .atMost(AMPLE)
        .pollInterval(Duration.ofSeconds(3))
        .until(
            () -> {
              camera.show(looks.getAndIncrement() % 2 == 0 ? hand() : page);
              return end.isDone();
            });
    return end.get(AMPLE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void whereNothingIsLaidThereThereIsNoDocument() throws Exception {
    try (LocalDevice device = open()) {
      demand(ErrorCode.NO_DOCUMENT, device, "{'format':'PDF','pages':2,'wait':'PT1S'}");
      demand(ErrorCode.NO_DOCUMENT, device, "{'layout':'CARD','wait':'PT0S'}");
      demand(ErrorCode.UNSUPPORTED, device, "{'source':'FEEDER'}");
    }
  }

  @Test
  void aPictureThatCannotBeDecodedIsGarbled() throws Exception {
    byte[] part =
        CannedCamera.response(
            "--b\r\nContent-Length: ",
            Jpegs.smallest(2000, 9).length,
            "\r\n\r\n",
            Jpegs.smallest(2000, 9),
            "\r\n");
    byte[] response =
        CannedCamera.response(
            "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=b\r\n\r\n",
            part,
            part);
    try (TcpWire wire = TcpWire.serve(new CannedCamera(response), 0);
        LocalDevice device =
            LocalDevice.open(
                new VideoCameraDriver(),
                "mjpeg:http://127.0.0.1:" + wire.port() + "/",
                Map.of("find-page", "true"))) {
      demand(ErrorCode.GARBLED, device, "{'crop':true}");
    }
    assertThatThrownBy(
            () ->
                LocalDevice.open(
                        new VideoCameraDriver(), "mjpeg:" + camera.url(), Map.of("find-page", "no"))
                    .close())
        .hasMessageContaining("true or false");
  }
}
