package dev.doorstep.driver.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.TestContext;
import dev.doorstep.driver.transport.Connection;
import dev.doorstep.driver.transport.LaneTransports;
import dev.doorstep.driver.transport.ScreenSource;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import dev.doorstep.protocol.operation.CapturedDocument;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Documents by the process that makes them: what it gives, and what ends it. */
class PicturesTest {
  private static final Duration LONG = Duration.ofSeconds(50);

  private final LaneTransports transports = new LaneTransports(ScreenSource.NONE);
  private final Pictures pictures =
      Pictures.of(TestContext.of(Connection.parse("tcp:127.0.0.1:9"), Map.of(), transports, LONG));

  @AfterEach
  void close() {
    pictures.close();
    transports.close();
  }

  @Test
  void aPageIsFoundCutOutAndFlat() throws Exception {
    PageScenes.Scene scene = PageScenes.scene(Wishes.CLEAR_PAGE, 2);

    CapturedDocument made =
        pictures.process(
            List.of(PictureSource.camera(jpeg(scene.picture()))),
            Wishes.of(Format.JPEG).crop().wishes(),
            new TestCall(LONG));

    CapturedDocument.FoundPage page = made.page().orElseThrow();
    assertThat(page.found()).isTrue();
    for (int i = 0; i < 4; i++) {
      assertThat(page.corners().get(i).get(0))
          .isCloseTo(scene.corners()[i][0], org.assertj.core.data.Offset.offset(8.0));
      assertThat(page.corners().get(i).get(1))
          .isCloseTo(scene.corners()[i][1], org.assertj.core.data.Offset.offset(8.0));
    }
    BufferedImage flat = ImageIO.read(new ByteArrayInputStream(bytes(made)));
    assertThat(flat.getWidth()).isEqualTo(made.width());
    assertThat(made.width() / (double) made.height())
        .isCloseTo(210 / 297.0, org.assertj.core.data.Offset.offset(0.03));
  }

  @Test
  void whatNobodyWantsChangedStaysAsItCame() throws Exception {
    byte[] jpeg = jpeg(PageScenes.scene(Wishes.CLEAR_PAGE, 2).picture());

    CapturedDocument made =
        pictures.process(
            List.of(PictureSource.camera(jpeg)),
            CaptureDocument.plain(Format.JPEG),
            new TestCall(LONG));

    assertThat(bytes(made)).isEqualTo(jpeg);
    assertThat(made.page().orElseThrow().found()).isTrue();
  }

  @Test
  void badPicturesAreRefusedAndTheNextIsDone() throws Exception {
    byte[] good = jpeg(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB));
    Map<byte[], ErrorCode> bad =
        Map.of(
            new byte[0],
            ErrorCode.BAD_DOCUMENT,
            "no picture at all".getBytes(java.nio.charset.StandardCharsets.UTF_8),
            ErrorCode.BAD_DOCUMENT,
            java.util.Arrays.copyOf(good, good.length / 2),
            ErrorCode.BAD_DOCUMENT,
            "P6\n50000 50000\n255\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
            ErrorCode.DOCUMENT_TOO_LARGE,
            hugeJpeg(good),
            ErrorCode.DOCUMENT_TOO_LARGE);
    for (Map.Entry<byte[], ErrorCode> each : bad.entrySet()) {
      assertRefused(each.getKey(), each.getValue());
    }
    assertThat(capture(good).width()).isEqualTo(40);
  }

  @Test
  void aStreamThatFailsTellsWhy() {
    InputStream failing = new Failing();
    assertCode(
        () ->
            pictures.process(
                List.of(PictureSource.scanner(failing, 300)),
                CaptureDocument.plain(Format.PDF),
                new TestCall(LONG)),
        ErrorCode.PAPER_JAM);
  }

  @Test
  void endsInTimeAndWorksAgain() throws Exception {
    byte[] good = jpeg(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB));
    capture(good);
    assertCode(
        () ->
            pictures.process(
                List.of(
                    new PictureSource(
                        new Silent(), java.util.OptionalInt.empty(), PictureSource.View.CAMERA)),
                CaptureDocument.plain(Format.JPEG),
                new TestCall(Duration.ofMillis(300))),
        ErrorCode.TIMEOUT);
    assertThat(capture(good).width()).isEqualTo(400);
  }

  @Test
  void closingTheWiresEndsWhatWaits() throws Exception {
    byte[] large = jpeg(PageScenes.scene(Wishes.CLEAR_PAGE, 6).picture());
    PictureJob job = pictures.begin(CaptureDocument.plain(Format.PNG), new TestCall(LONG));
    CompletableFuture<Void> closed = CompletableFuture.runAsync(transports::close);
    assertCode(
        () -> {
          for (int i = 0; i < 200; i++) {
            job.page(PictureSource.camera(large));
          }
        },
        ErrorCode.DISCONNECTED);
    closed.join();
    assertCode(() -> capture(large), ErrorCode.DISCONNECTED);
  }

  @Test
  void anEndedProcessIsAnErrorOfOneDocument() throws Exception {
    byte[] good = jpeg(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB));
    for (int i = 0; i < 3; i++) {
      try (PictureJob job =
          pictures.begin(CaptureDocument.plain(Format.JPEG), new TestCall(LONG))) {
        job.page(PictureSource.camera(good));
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        assertCode(job::finish, ErrorCode.DEVICE_FAULT);
      }
      assertThat(capture(good).width()).isEqualTo(400);
    }
  }

  @Test
  void twelveMegapixelsTakeLessThanThreeHundredMegabytes() throws Exception {
    byte[] large = jpeg(PageScenes.scene(Wishes.CLEAR_PAGE, 12).picture());
    for (int i = 0; i < 2; i++) {
      pictures.process(
          List.of(PictureSource.camera(large)),
          Wishes.of(Format.JPEG).crop().clean().wishes(),
          new TestCall(LONG));
    }
    long worker =
        ProcessHandle.current()
            .children()
            .filter(ProcessHandle::isAlive) // this test has no other
            .findFirst()
            .orElseThrow()
            .pid();
    String most = PictureFigures.memory(java.nio.file.Path.of("/proc/" + worker + "/status"));
    assertThat(Long.parseLong(most.replaceAll("[^0-9]", ""))).as(most).isLessThan(300_000);
  }

  @Test
  void aCancelledOneStops() {
    TestCall call = new TestCall(LONG);
    call.cancel();
    assertCode(
        () -> pictures.begin(CaptureDocument.plain(Format.JPEG), call).finish(),
        ErrorCode.STOPPING);
  }

  @Test
  void aProcessThatEndedBeforeTheFirstPageIsReplaced() throws Exception {
    byte[] good = jpeg(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB));
    try (PictureJob job = pictures.begin(CaptureDocument.plain(Format.JPEG), new TestCall(LONG))) {
      ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
      job.page(PictureSource.camera(good));
      assertThat(job.finish().width()).isEqualTo(400);
    }
  }

  @Test
  void whatWasNotFinishedIsForgotten() throws Exception {
    byte[] good = jpeg(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB));
    ByteArrayOutputStream asked = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(asked);
    out.writeByte(PictureWorker.BEGIN);
    Order.of(CaptureDocument.plain(Format.JPEG)).write(out);
    out.writeByte(PictureWorker.PAGE);
    out.writeByte(0);
    out.writeShort(0);
    Parcel.send(good, out);
    out.writeByte(PictureWorker.GIVE_UP);
    out.writeByte(PictureWorker.FINISH);
    ByteArrayOutputStream answers = new ByteArrayOutputStream();
    new PictureWorker(new ByteArrayInputStream(asked.toByteArray()), answers).serve();
    assertThat(answers.toString(StandardCharsets.UTF_8))
        .startsWith("KK\1KE") // begun, a page in which none is found, given up
        .endsWith("no document was begun");

    PictureJob job = pictures.begin(CaptureDocument.plain(Format.JPEG), new TestCall(LONG));
    job.page(PictureSource.camera(good));
    job.close();
    assertCode(job::finish, ErrorCode.BAD_DOCUMENT);
  }

  @Test
  void aPictureWithoutAPageIsLeftOutIfOnlyAPageIsWanted() throws Exception {
    byte[] bare = jpeg(new BufferedImage(400, 300, BufferedImage.TYPE_INT_RGB));
    byte[] page = jpeg(PageScenes.scene(Wishes.CLEAR_PAGE, 1).picture());
    try (PictureJob job = pictures.begin(CaptureDocument.plain(Format.PDF), new TestCall(LONG))) {
      assertThat(job.addIfSeen(PictureSource.camera(bare))).isFalse();
      assertThat(job.addIfSeen(PictureSource.camera(page))).isTrue();
      assertThat(job.addIfSeen(PictureSource.camera(bare))).isFalse();
      assertThat(job.finish().pages()).isEqualTo(1);
    }
  }

  /** Fails at once, with what a driver has to say. */
  private static final class Failing extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException(new DeviceException(ErrorCode.PAPER_JAM, "stuck"));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return read();
    }
  }

  /** Gives zeros for ever, and slowly. */
  private static final class Silent extends InputStream {
    @Override
    public int read() throws IOException {
      return 0;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        java.util.concurrent.TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return 1;
    }
  }

  private CapturedDocument capture(byte[] picture) throws DeviceException {
    return pictures.process(
        List.of(PictureSource.camera(picture)),
        CaptureDocument.plain(Format.PNG),
        new TestCall(LONG));
  }

  private void assertRefused(byte[] picture, ErrorCode code) {
    assertCode(() -> capture(picture), code);
  }

  private static void assertCode(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable step, ErrorCode code) {
    assertThatThrownBy(step)
        .isInstanceOfSatisfying(
            DeviceException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  /** The head says 50 000 x 50 000. */
  private static byte[] hugeJpeg(byte[] small) {
    byte[] huge = small.clone();
    for (int i = 2; i < huge.length - 8; i++) {
      if (huge[i] == (byte) 0xFF && huge[i + 1] == (byte) 0xC0) {
        huge[i + 5] = (byte) (50_000 >> 8);
        huge[i + 6] = (byte) 50_000;
        huge[i + 7] = (byte) (50_000 >> 8);
        huge[i + 8] = (byte) 50_000;
        return huge;
      }
    }
    throw new AssertionError("no frame in the JPEG");
  }

  private static byte[] bytes(CapturedDocument made) throws IOException {
    try (InputStream in = Content.open(made.content())) {
      return in.readAllBytes();
    }
  }

  private static byte[] jpeg(BufferedImage picture) throws IOException {
    return JpegEncoder.encode(picture, 85, Optional.empty());
  }
}
