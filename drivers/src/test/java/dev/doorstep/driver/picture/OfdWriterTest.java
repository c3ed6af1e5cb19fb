package dev.doorstep.driver.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CaptureDocument.Color;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.ofdrw.core.basicStructure.pageObj.layer.CT_Layer;
import org.ofdrw.core.basicStructure.pageObj.layer.block.ImageObject;
import org.ofdrw.core.basicType.ST_Box;
import org.ofdrw.reader.OFDReader;
import org.ofdrw.reader.PageInfo;

/** What is written is read by ofdrw, which others wrote. */
class OfdWriterTest {
  private static final int DPI = 254; // ten dots for a millimetre

  @Test
  void itsPagesHaveTheirSizeAndThePicturesThatCame() throws Exception {
    List<byte[]> jpegs = List.of(jpeg(600, 400), jpeg(300, 800));
    byte[] ofd = made(CaptureDocument.plain(Format.OFD), jpegs);

    try (OFDReader reader = new OFDReader(new ByteArrayInputStream(ofd))) {
      assertThat(reader.getNumberOfPages()).isEqualTo(2);
      demandPage(reader, 1, 60, 40, jpegs.get(0));
      demandPage(reader, 2, 30, 80, jpegs.get(1));
    }
  }

  @Test
  void blackAndWhiteIsAPicture() throws Exception {
    byte[] ofd =
        made(Wishes.of(Format.OFD).color(Color.BLACK_WHITE).wishes(), List.of(jpeg(600, 400)));

    try (OFDReader reader = new OFDReader(new ByteArrayInputStream(ofd))) {
      byte[] png = bytes(reader, image(reader.getPageInfo(1)));
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
      assertThat(picture.getWidth()).isEqualTo(600);
      assertThat(picture.getHeight()).isEqualTo(400);
      assertThat(picture.getColorModel().getPixelSize()).isEqualTo(1);
    }
  }

  private static void demandPage(
      OFDReader reader, int number, double width, double height, byte[] jpeg) throws IOException {
    PageInfo page = reader.getPageInfo(number);
    demandBox(page.getSize(), width, height);
    ImageObject image = image(page);
    demandBox(image.getBoundary(), width, height);
    assertThat(image.getCTM().toDouble())
        .containsExactly(new Double[] {width, 0.0, 0.0, height, 0.0, 0.0});
    assertThat(bytes(reader, image)).isEqualTo(jpeg);
  }

  private static void demandBox(ST_Box box, double width, double height) {
    assertThat(box.getTopLeftX()).isZero();
    assertThat(box.getTopLeftY()).isZero();
    assertThat(box.getWidth()).isCloseTo(width, within(0.001));
    assertThat(box.getHeight()).isCloseTo(height, within(0.001));
  }

  /** The one picture of a page. */
  static ImageObject image(PageInfo page) {
    List<CT_Layer> layers = page.getAllLayer();
    assertThat(layers).hasSize(1);
    assertThat(layers.get(0).getPageBlocks()).hasSize(1);
    return (ImageObject) layers.get(0).getPageBlocks().get(0);
  }

  /** The bytes of its file. */
  static byte[] bytes(OFDReader reader, ImageObject image) throws IOException {
    return reader.getResMgt().getImageByteArray(image.getResourceID().toString());
  }

  private static byte[] made(CaptureDocument wishes, List<byte[]> jpegs) throws Exception {
    DocumentMaker maker = new DocumentMaker(Order.of(wishes));
    for (byte[] jpeg : jpegs) {
      maker.add(new ByteArrayInputStream(jpeg), PictureSource.View.SCANNER, DPI, false);
    }
    return maker.finish().bytes();
  }

  private static byte[] jpeg(int width, int height) throws IOException {
    return JpegEncoder.encode(Canvas.blank(width, height, false), 90, Optional.empty());
  }
}
