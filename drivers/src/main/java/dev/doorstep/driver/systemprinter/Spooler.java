package dev.doorstep.driver.systemprinter;

import dev.doorstep.driver.paper.MediaSize;
import dev.doorstep.driver.paper.Refusal;
import dev.doorstep.driver.paper.WorkerLine;
import dev.doorstep.protocol.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.print.DocFlavor;
import javax.print.DocPrintJob;
import javax.print.PrintException;
import javax.print.PrintService;
import javax.print.PrintServiceLookup;
import javax.print.SimpleDoc;
import javax.print.attribute.HashPrintRequestAttributeSet;
import javax.print.attribute.PrintRequestAttribute;
import javax.print.attribute.PrintRequestAttributeSet;
import javax.print.attribute.standard.Chromaticity;
import javax.print.attribute.standard.Copies;
import javax.print.attribute.standard.JobName;
import javax.print.attribute.standard.Media;
import javax.print.attribute.standard.MediaSizeName;
import javax.print.attribute.standard.PrinterIsAcceptingJobs;
import javax.print.attribute.standard.Sides;
import javax.print.event.PrintJobAdapter;
import javax.print.event.PrintJobEvent;

/** The program of the process that speaks to javax.print. */
final class Spooler {
  private static final DocFlavor ANY = DocFlavor.INPUT_STREAM.AUTOSENSE;
  private static final float MILLIMETRE = 1;

  private Spooler() {}

  /** Looks for a queue, or prints on it what comes in parts; see the package. */
  public static void main(String[] arguments) throws IOException {
    System.setProperty("sun.java2d.print.polling", "false");
    WorkerLine.run(
        arguments,
        (words, out) -> {
          PrintService queue = queue(words.get(1));
          boolean takes =
              !PrinterIsAcceptingJobs.NOT_ACCEPTING_JOBS.equals(
                  queue.getAttribute(PrinterIsAcceptingJobs.class));
          if (words.get(0).equals("look")) {
            out.writeInt(takes ? 0 : 1);
          } else if (takes) {
            print(queue, words, out);
          } else {
            throw new Refusal(ErrorCode.DEVICE_FAULT, "the queue takes no jobs");
          }
        });
  }

  private static PrintService queue(String name) {
    return Arrays.stream(PrintServiceLookup.lookupPrintServices(null, null))
        .filter(service -> service.getName().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(ErrorCode.NOT_CONNECTED, "no queue of that name here; check the name"));
  }

  private static void print(PrintService queue, List<String> words, DataOutputStream out)
      throws IOException {
    if (!queue.isDocFlavorSupported(ANY)) {
      throw new Refusal(ErrorCode.UNSUPPORTED, "the queue takes no documents as they are");
    }
    PrintRequestAttributeSet asked =
        new HashPrintRequestAttributeSet(new JobName("Doorstep", null));
    if (!words.get(2).equals("1")) {
      ask(queue, new Copies(Integer.parseInt(words.get(2))), asked);
    }
    switch (words.get(3)) {
      case "LONG_EDGE" -> ask(queue, Sides.TWO_SIDED_LONG_EDGE, asked);
      case "SHORT_EDGE" -> ask(queue, Sides.TWO_SIDED_SHORT_EDGE, asked);
      default -> {
        if (queue.isAttributeValueSupported(Sides.ONE_SIDED, null, null)) {
          asked.add(Sides.ONE_SIDED);
        }
      }
    }
    if (!words.get(4).equals("-")) {
      asked.add(media(queue, words.get(4)));
    }
    switch (words.get(5)) {
      case "GRAY" -> ask(queue, Chromaticity.MONOCHROME, asked);
      case "COLOR" -> ask(queue, Chromaticity.COLOR, asked);
      default -> {}
    }
    out.writeInt(0);
    out.flush();
    out.writeInt(spooled(queue, WorkerLine.document(), asked) ? 0 : 1);
  }

  private static void ask(
      PrintService queue, PrintRequestAttribute attribute, PrintRequestAttributeSet asked) {
    if (!queue.isAttributeCategorySupported(attribute.getCategory())
        || !queue.isAttributeValueSupported(attribute, null, null)) {
      throw new Refusal(
          ErrorCode.UNSUPPORTED, "the queue cannot do " + attribute.getName() + " " + attribute);
    }
    asked.add(attribute);
  }

  /** The paper of the queue that is as large as the one that is asked for. */
  private static Media media(PrintService queue, String name) {
    Optional<MediaSize> size = MediaSize.of(name);
    Object all = queue.getSupportedAttributeValues(Media.class, null, null);
    if (size.isPresent() && all instanceof Media[] papers) {
      for (Media paper : papers) {
        if (paper instanceof MediaSizeName known && isOfSize(known, size.get())) {
          return known;
        }
      }
    }
    throw new Refusal(ErrorCode.UNSUPPORTED, "the queue does not print on " + name);
  }

  private static boolean isOfSize(MediaSizeName name, MediaSize size) {
    javax.print.attribute.standard.MediaSize known =
        javax.print.attribute.standard.MediaSize.getMediaSizeForName(name);
    int unit = javax.print.attribute.standard.MediaSize.MM;
    return known != null
        && Math.abs(known.getX(unit) - size.width() / 1_000f) < MILLIMETRE
        && Math.abs(known.getY(unit) - size.height() / 1_000f) < MILLIMETRE;
  }

  /** Whether the system said that it has all of it. */
  private static boolean spooled(
      PrintService queue, byte[] document, PrintRequestAttributeSet asked) throws IOException {
    DocPrintJob job = queue.createPrintJob();
    AtomicBoolean spooled = new AtomicBoolean();
    AtomicBoolean failed = new AtomicBoolean();
    job.addPrintJobListener(
        new PrintJobAdapter() {
          @Override
          public void printDataTransferCompleted(PrintJobEvent event) {
            spooled.set(true);
          }

          @Override
          public void printJobCompleted(PrintJobEvent event) {
            spooled.set(true);
          }

          @Override
          public void printJobNoMoreEvents(PrintJobEvent event) {
            spooled.set(true);
          }

          @Override
          public void printJobFailed(PrintJobEvent event) {
            failed.set(true);
          }
        });
    try {
      job.print(new SimpleDoc(new ByteArrayInputStream(document), ANY, null), asked);
    } catch (PrintException e) {
      throw new Refusal(ErrorCode.DEVICE_FAULT, "the system does not take it; is lpr installed?");
    }
    if (failed.get()) {
      throw new Refusal(ErrorCode.DEVICE_FAULT, "the system gave it up");
    }
    return spooled.get();
  }
}
