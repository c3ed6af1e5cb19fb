package dev.doorstep.driver.guest;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.driver.TestCall;
import dev.doorstep.driver.samidcard.SamIdCardDriver;
import dev.doorstep.driver.videocamera.VideoCameraDriver;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CapturedDocument;
import dev.doorstep.protocol.operation.IdCard;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.UsbIdentity;
import dev.doorstep.simulator.device.UsbIpCable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What is tried on the kernel of the guest: readers on its USB, plugged in by USB/IP, read,
 * unplugged in the middle and plugged in again; a picture of its virtual camera. Prints a line for
 * each thing that held, and ends with 0 if all did.
 */
public final class GuestRun {
  private static final Duration AMPLE = Duration.ofSeconds(60);
  private static final int UNPLUGGINGS = 3;

  private GuestRun() {}

  /** Tries all of it. */
  public static void main(String[] arguments) throws Exception {
    reader("usb:0400:c35a", UsbIdentity.samReader("GUEST-1"));
    reader("usb:0316:5020", UsbIdentity.pairedSamReader("GUEST-2"));
    camera();
  }

  /** The kernel's own virtual camera (vivid), by ffmpeg. */
  private static void camera() throws Exception {
    Map<String, String> small = Map.of("find-page", "false", "size", "640x360");
    try (LocalDevice device = open(new VideoCameraDriver(), "v4l2:/dev/video0", small)) {
      CapturedDocument captured =
          device.run(CaptureDocument.plain(CaptureDocument.Format.JPEG), new TestCall(AMPLE));
      demand(
          captured.width() == 640 && captured.height() == 360,
          "a picture of " + captured.width() + " × " + captured.height());
      say("v4l2:/dev/video0 gives a picture");
    }
  }

  private static void reader(String connection, UsbIdentity identity) throws Exception {
    SamReader reader = new SamReader();
    try (UsbIpCable cable = UsbIpCable.serve(identity, reader, UsbIpCable.PORT)) {
      attach();
      read(connection, reader, ResidentCard.generated(1));
      say(connection + " reads");
      for (int i = 0; i < UNPLUGGINGS; i++) {
        unplug(connection, reader, cable);
        cable.start();
        attach();
        read(connection, reader, ResidentCard.generated(i + 2));
      }
      say(connection + " comes back");
    }
  }

  private static void read(String connection, SamReader reader, ResidentCard card)
      throws Exception {
    reader.place(card);
    try (LocalDevice device = open(new SamIdCardDriver(), connection, Map.of())) {
      IdCard read = device.run(new ReadIdCard(AMPLE), new TestCall(AMPLE));
      demand(read.number().orElseThrow().equals(card.number()), "another card was read");
    }
  }

  /** In the middle of waiting for a card. */
  private static void unplug(String connection, SamReader reader, UsbIpCable cable)
      throws Exception {
    reader.lift();
    TestCall call = new TestCall(AMPLE);
    try (LocalDevice device = open(new SamIdCardDriver(), connection, Map.of())) {
      CompletableFuture<String> ended =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  device.run(new ReadIdCard(AMPLE), call);
                  return "it read a card";
                } catch (DeviceException e) {
                  return e.code().name();
                }
              });
      while (call.notes().isEmpty() && !ended.isDone()) {
        Thread.onSpinWait();
      }
      cable.stop();
      String end = ended.get(AMPLE.toSeconds(), TimeUnit.SECONDS);
      demand("DISCONNECTED".equals(end), "unplugged, it ended as " + end);
    }
  }

  /** A device that was plugged in just now is there in a moment. */
  private static LocalDevice open(Driver driver, String connection, Map<String, String> options)
      throws DeviceException {
    long end = System.nanoTime() + AMPLE.toNanos();
    while (true) {
      try {
        return LocalDevice.open(driver, connection, options);
      } catch (DeviceException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        Thread.onSpinWait();
      }
    }
  }

  private static void attach() throws IOException, InterruptedException {
    Process usbip =
        new ProcessBuilder("/usr/sbin/usbip", "attach", "-r", "127.0.0.1", "-b", UsbIpCable.BUS)
            .inheritIO()
            .start();
    demand(usbip.waitFor() == 0, "usbip does not attach the device");
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static void say(String what) {
    System.out.println("guest: " + what);
  }
}
