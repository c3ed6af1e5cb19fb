package dev.doorstep.driver.sanescanner;

import dev.doorstep.driver.Call;
import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.DocumentWriter;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.Output;
import dev.doorstep.driver.scan.Wanted;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.operation.CaptureDocument.Color;
import dev.doorstep.protocol.operation.CaptureDocument.Format;
import java.time.Duration;
import java.util.Map;

/** A program of its own, so that its memory can be small: scans pages larger than that. */
final class ScanInLittleMemory {
  private ScanInLittleMemory() {}

  /** The argument is the connection; prints the pixels of each page. */
  public static void main(String[] arguments) throws DeviceException {
    try (LocalDevice device =
        LocalDevice.open(new SaneScannerDriver(), arguments[0], Map.of("area", "200x200"))) {
      for (Format format : new Format[] {Format.JPEG, Format.PNG, Format.PDF}) {
        var page = device.run(Wanted.flat(format, 600, Color.COLOR), new Forgetful());
        System.out.println(format + " " + page.width() + " x " + page.height());
      }
    }
  }

  /** Counts the bytes of a document, and keeps none. */
  private static final class Forgetful implements Call, Output {
    private final Deadline deadline = Deadline.after(Duration.ofSeconds(50));

    @Override
    public Deadline deadline() {
      return deadline;
    }

    @Override
    public boolean cancelled() {
      return false;
    }

    @Override
    public void progress(String note) {}

    @Override
    public void acting() {}

    @Override
    public Output output() {
      return this;
    }

    @Override
    public boolean wanted() {
      return true;
    }

    @Override
    public boolean preview(byte[] jpeg) {
      return true;
    }

    @Override
    public DocumentWriter document(String contentType) {
      return new DocumentWriter() {
        @Override
        public void write(byte[] bytes, int offset, int length) {}

        @Override
        public Content finish() {
          return Content.of(contentType, new byte[1]);
        }

        @Override
        public void close() {}
      };
    }
  }
}
