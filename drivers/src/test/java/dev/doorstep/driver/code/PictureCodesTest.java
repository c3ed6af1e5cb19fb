package dev.doorstep.driver.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BarcodeFormat;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Codes in pictures, drawn by ZXing's own writers. */
class PictureCodesTest {
  private static final Charset UTF_8 = StandardCharsets.UTF_8;

  private static byte[] grey(BufferedImage picture) {
    byte[] grey = new byte[picture.getWidth() * picture.getHeight()];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (byte) picture.getRGB(i % picture.getWidth(), i / picture.getWidth());
    }
    return grey;
  }

  private static Optional<PictureCodes.Found> one(BufferedImage picture) {
    return PictureCodes.one(grey(picture), picture.getWidth(), picture.getHeight());
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/2026-0042, UTF-8,",
    "苏康码, UTF-8, UTF-8",
    "居住证明 2026-0042, UTF-8, UTF-8",
    "居住证明 2026-0042, GBK, GBK",
    "测试, GBK, GBK",
    "上海市静安区石门二路街道社区事务受理服务中心, GBK, GBK",
  })
  void aQrCodeIsReadAsItIsMeant(String text, String charset, String told) {
    PictureCodes.Found found = one(ShownCode.qr(text, Charset.forName(charset), 4)).orElseThrow();
    assertThat(found.text()).isEqualTo(text);
    assertThat(found.kind()).isEqualTo("QR_CODE");
    assertThat(found.charset().map(Charset::name)).isEqualTo(Optional.ofNullable(told));
    assertThat(found.checked()).isTrue();
    assertThat(found).asString().doesNotContain(text);
  }

  @Test
  void whatACodeDeclaresIsBelieved() {
    for (String charset : List.of("UTF-8", "GB18030")) {
      PictureCodes.Found found =
          one(ShownCode.declared("居住证明", Charset.forName(charset), 4)).orElseThrow();
      assertThat(found.text()).as(charset).isEqualTo("居住证明");
      assertThat(found.charset()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CODE_128, A042-2026, true",
    "EAN_13, 6901234567892, true",
    "CODE_39, A042, false",
    "ITF, 00123456, false",
  })
  void aBarCodeToo(BarcodeFormat format, String text, boolean checked) {
    PictureCodes.Found found = one(ShownCode.bars(text, format, 3)).orElseThrow();
    assertThat(found.text()).isEqualTo(text);
    assertThat(found.kind()).isEqualTo(format.name());
    assertThat(found.checked()).isEqualTo(checked);
  }

  @Test
  void allOfAPageEachInItsOwnCharset() {
    BufferedImage page = new BufferedImage(1000, 1400, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = page.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, 1000, 1400);
    pen.drawImage(ShownCode.qr("居住证明", CodeBytes.GBK, 5), 50, 50, null);
    pen.drawImage(ShownCode.qr("社会保障", UTF_8, 5), 600, 80, null);
    pen.drawImage(ShownCode.bars("A042-2026", BarcodeFormat.CODE_128, 3), 200, 900, null);
    pen.dispose();
    assertThat(PictureCodes.all(grey(page), 1000, 1400))
        .extracting(PictureCodes.Found::text)
        .containsExactlyInAnyOrder("居住证明", "社会保障", "A042-2026");
  }

  @Test
  void noneInNoise() {
    byte[] noise = new byte[640 * 480];
    new Random(1).nextBytes(noise);
    assertThat(PictureCodes.one(noise, 640, 480)).isEmpty();
    assertThat(PictureCodes.all(noise, 640, 480)).isEmpty();
  }
}
