package dev.doorstep.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MjpegCameraTest {

  private static final String BOUNDARY = "--doorstep-frame\r\n";

  private MjpegCamera camera;

  @BeforeEach
  void start() {
    camera = MjpegCamera.start(0);
  }

  @AfterEach
  void end() {
    camera.close();
  }

  private Socket request(String request) throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(camera.url()).getPort());
    socket.setSoTimeout(5_000);
    socket
        .getOutputStream()
        .write((request + " HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static HttpHead part(InputStream in) throws IOException {
    assertThat(new String(in.readNBytes(BOUNDARY.length()), StandardCharsets.US_ASCII))
        .isEqualTo(BOUNDARY);
    // A part's head has no first line; one that is put before it makes it an HTTP head.
    return HttpHead.read(
        new SequenceInputStream(
            new ByteArrayInputStream("part\r\n".getBytes(StandardCharsets.US_ASCII)), in));
  }

  private static int length(HttpHead part) {
    return Integer.parseInt(part.field("Content-Length").orElseThrow());
  }

  private static BufferedImage picture(InputStream in) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(in.readNBytes(length(part(in)))));
    assertThat(in.readNBytes(2)).containsExactly('\r', '\n');
    return picture;
  }

  private static BufferedImage plain(Color color) {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 48; i++) {
      image.setRGB(i % 64, i / 64, color.getRGB());
    }
    return image;
  }

  @Test
  void severalViewersSeeThePageAndWhatIsShownNext() throws Exception {
    try (Socket one = request("GET /stream");
        Socket two = request("GET /stream")) {
      for (Socket viewer : new Socket[] {one, two}) {
        HttpHead head = HttpHead.read(viewer.getInputStream());
        assertThat(head.first()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(head.field("content-type"))
            .contains("multipart/x-mixed-replace; boundary=doorstep-frame");
        BufferedImage page = picture(viewer.getInputStream());
        assertThat(page.getWidth()).isEqualTo(DocumentPage.WIDTH);
        assertThat(page.getHeight()).isEqualTo(DocumentPage.HEIGHT);
      }
      camera.show(plain(Color.RED));
      await().until(() -> picture(one.getInputStream()).getWidth() == 64);
      await().until(() -> picture(two.getInputStream()).getWidth() == 64);
    }
  }

  @Test
  void givesAStillAndRefusesTheRest() throws Exception {
    camera.show(plain(Color.BLUE));
    try (Socket viewer = request("GET /still")) {
      HttpHead head = HttpHead.read(viewer.getInputStream());
      assertThat(head.field("Content-Type")).contains("image/jpeg");
      byte[] jpeg = viewer.getInputStream().readAllBytes();
      assertThat(jpeg).hasSize(length(head));
      assertThat(ImageIO.read(new ByteArrayInputStream(jpeg)).getWidth()).isEqualTo(64);
    }
    assertThat(first("GET /etc")).startsWith("HTTP/1.1 404");
    assertThat(first("PUT /still")).startsWith("HTTP/1.1 405");
    assertThat(first("nonsense")).startsWith("HTTP/1.1 400");
  }

  private String first(String request) throws IOException {
    try (Socket viewer = request(request)) {
      return HttpHead.read(viewer.getInputStream()).first();
    }
  }

  /** Opens the stream under a fault, up to the head of its first part. */
  private Socket streamUnder(CameraFault fault) throws IOException {
    camera.show(plain(Color.GREEN));
    camera.fault(fault);
    assertThat(camera.fault()).contains(fault);
    Socket viewer = request("GET /stream");
    HttpHead.read(viewer.getInputStream());
    return viewer;
  }

  @Test
  void silentUntilTheFaultIsCleared() throws Exception {
    camera.fault(CameraFault.SILENT);
    try (Socket viewer = request("GET /stream")) {
      viewer.setSoTimeout(150);
      assertThatThrownBy(() -> viewer.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      camera.clear();
      viewer.setSoTimeout(5_000);
      assertThat(HttpHead.read(viewer.getInputStream()).first()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  @Test
  void aPartThatNeverEnds() throws Exception {
    try (Socket viewer = streamUnder(CameraFault.ENDLESS)) {
      assertThat(part(viewer.getInputStream()).field("Content-Length")).isEmpty();
      assertThat(viewer.getInputStream().readNBytes(100_000)).hasSize(100_000);
      camera.clear();
      assertThat(viewer.getInputStream().readAllBytes()).isNotNull();
    }
  }

  @Test
  void notAPicture() throws Exception {
    try (Socket viewer = streamUnder(CameraFault.NOT_A_PICTURE)) {
      byte[] body = viewer.getInputStream().readNBytes(length(part(viewer.getInputStream())));
      assertThat(ImageIO.read(new ByteArrayInputStream(body))).isNull();
    }
  }

  @Test
  void cutInTheMiddleOfAPart() throws Exception {
    try (Socket viewer = streamUnder(CameraFault.CUT)) {
      int announced = length(part(viewer.getInputStream()));
      assertThat(viewer.getInputStream().readAllBytes()).hasSize(announced / 2);
    }
  }

  @Test
  void aWrongLengthLeavesTheBoundaryBehindIt() throws Exception {
    try (Socket viewer = streamUnder(CameraFault.WRONG_LENGTH)) {
      InputStream in = viewer.getInputStream();
      in.readNBytes(length(part(in)));
      assertThat(in.readNBytes(2)).isNotEqualTo(new byte[] {'\r', '\n'});
    }
  }

  @Test
  void withoutALengthTheBoundaryEndsThePart() throws Exception {
    try (Socket viewer = streamUnder(CameraFault.NO_LENGTH)) {
      InputStream in = viewer.getInputStream();
      assertThat(part(in).field("Content-Length")).isEqualTo(Optional.empty());
      StringBuilder bytes = new StringBuilder();
      while (bytes.indexOf("\r\n" + BOUNDARY) < 0) {
        bytes.append((char) in.read());
      }
      assertThat(bytes.substring(0, 3)).isEqualTo("\u00FF\u00D8\u00FF");
    }
  }

  @Test
  void goneAndBackOnItsPort() throws Exception {
    String url = camera.url();
    camera.fault(CameraFault.GONE);
    assertThat(camera.started()).isFalse();
    assertThatThrownBy(() -> request("GET /still")).isInstanceOf(IOException.class);

    camera.clear();

    assertThat(camera.url()).isEqualTo(url);
    assertThat(first("GET /still")).startsWith("HTTP/1.1 200");
  }
}
