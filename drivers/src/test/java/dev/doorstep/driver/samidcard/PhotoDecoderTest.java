package dev.doorstep.driver.samidcard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.LocalDevice;
import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.ErrorCode;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.TcpWire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Decoders of every temper, as shell scripts. */
class PhotoDecoderTest {
  private static final ReadIdCard READ = new ReadIdCard(Duration.ZERO);
  private static final ResidentCard CARD = ResidentCard.specimen();
  private final SamReader reader = new SamReader();
  private final TcpWire wire = TcpWire.serve(reader, 0);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  @TempDir private Path folder;

  @BeforeEach
  void start() {
    reader.place(CARD);
    log.start();
    logger().addAppender(log);
  }

  @AfterEach
  void close() {
    logger().detachAppender(log);
    wire.close();
  }

  @ParameterizedTest
  @CsvSource({
    "'BM', image/bmp",
    "'\\0377\\0330\\0377', image/jpeg",
    "'\\0211PNG\\r\\n\\032\\n', image/png"
  })
  void aPictureTakesThePlaceOfThePhoto(String beginning, String type) throws Exception {
    // It gives back what it was given, behind the beginning of a picture.
    try (LocalDevice device = open("printf '%%b' '%s'; cat".formatted(beginning))) {
      Content photo = photo(device);
      assertThat(photo.contentType()).isEqualTo(type);
      assertThat(((Content.Data) photo).bytes()).endsWith(CARD.photo());
      assertThat(photo(device).contentType()).isEqualTo(type);
      assertThat(log.list).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat", // the photo itself, which is no picture
        "printf BM; exit 3",
        "exit 0",
        "exec 0<&-; printf X",
        "printf BM; head -c 60000 /dev/zero",
        "printf BM; cat /dev/zero",
        "printf BM; cat /dev/zero & sleep 1", // a child that goes on writing
        "kill -9 $$"
      })
  void whateverElseItDoesThePhotoIsGivenAsItIs(String script) throws Exception {
    try (LocalDevice device = open(script)) {
      demandPhotoAsItIs(device);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "printf BM; sleep 60",
        "sleep 60 & sleep 60 & wait",
        "(sleep 60; sleep 60) & printf BM; sleep 60"
      })
  void oneThatDoesNotEndIsEndedWithItsChildren(String script) throws Exception {
    try (LocalDevice device = open(script)) {
      long begin = System.nanoTime();
      demandPhotoAsItIs(device);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      await().until(() -> ProcessHandle.current().descendants().noneMatch(ProcessHandle::isAlive));
    }
  }

  @Test
  void aChildThatItLeavesBehindIsEndedWithIt() throws Exception {
    Path id = folder.resolve("id");
    try (LocalDevice device = open("sleep 60 & echo $! > " + id + "; printf BM; cat")) {
      assertThat(photo(device).contentType()).isEqualTo("image/bmp");
      long child = Long.parseLong(Files.readString(id).strip());
      await().until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  @Test
  void oneThatIsNotThereOrNoProgram() throws Exception {
    try (LocalDevice device = open(folder.resolve("none"))) {
      demandPhotoAsItIs(device);
    }
    reader.place(CARD);
    try (LocalDevice device = open(Files.writeString(folder.resolve("text"), "BM"))) {
      demandPhotoAsItIs(device);
    }
  }

  @Test
  void nothingOfTheAgentsSurroundingsIsToldToIt() throws Exception {
    Path seen = folder.resolve("seen");
    try (LocalDevice device = open("env > " + seen + "; printf BM; cat")) {
      assertThat(photo(device).contentType()).isEqualTo("image/bmp");
      assertThat(Files.readString(seen)).doesNotContain("HOME=").doesNotContain("USER=");
    }
  }

  @Test
  void closingTheWiresEndsIt() throws Exception {
    Path begun = folder.resolve("begun");
    try (LocalDevice device = open("touch " + begun + "; sleep 60")) {
      CompletableFuture<Content> reading =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return photo(device);
                } catch (DeviceException e) {
                  throw new CompletionException(e);
                }
              });
      await().until(() -> Files.exists(begun));
      device.closeWires();
      assertThatThrownBy(reading::join)
          .cause()
          .isInstanceOfSatisfying(
              DeviceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DISCONNECTED));
    }
  }

  private void demandPhotoAsItIs(LocalDevice device) throws DeviceException {
    Content photo = photo(device);
    assertThat(photo.contentType()).isEqualTo("application/x-wlt");
    assertThat(((Content.Data) photo).bytes()).isEqualTo(CARD.photo());
    assertThat(log.list)
        .hasSize(1)
        .allSatisfy(
            event ->
                assertThat(event.getFormattedMessage())
                    .contains("photo decoder")
                    .doesNotContain(CARD.number())
                    .doesNotContain(Base64.getEncoder().encodeToString(CARD.photo())));
    log.list.clear();
  }

  private static Content photo(LocalDevice device) throws DeviceException {
    return device.run(READ).photo().orElseThrow();
  }

  private LocalDevice open(String script) throws Exception {
    return open(program(script));
  }

  private LocalDevice open(Path program) throws DeviceException {
    return LocalDevice.open(
        new SamIdCardDriver(),
        "tcp:127.0.0.1:" + wire.port(),
        Map.of("photo-decoder", program.toString()));
  }

  /** Made by a child of its own: a descriptor for writing that another child inherits blocks it. */
  private Path program(String script) throws IOException {
    Path file = folder.resolve("decoder");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(PhotoDecoder.class);
  }
}
