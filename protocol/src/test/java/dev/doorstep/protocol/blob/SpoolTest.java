package dev.doorstep.protocol.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {
  private static final int RECORD = Spool.LARGEST_RECORD;

  @TempDir private Path temporary;
  private Path place;
  private SpoolFolder folder;

  @BeforeEach
  void open() throws IOException {
    place = temporary.resolve("a/spool");
    folder = SpoolFolder.open(place);
  }

  private static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.toList();
    }
  }

  @Test
  void readsRecordsInAnyOrderThatCameInAnyOrder() throws IOException {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, 200).boxed().toList());
    numbers.addAll(List.of(4_000_000, Integer.MAX_VALUE));
    Collections.shuffle(numbers, new Random(7));
    try (Spool spool = folder.create()) {
      for (int n : numbers) {
        spool.write(n, bytes(n % 2000 + 10, n), 5, n % 2000);
      }
      assertThat(spool.count()).isEqualTo(202);
      Collections.shuffle(numbers, new Random(8));
      for (int n : numbers) {
        byte[] written = Arrays.copyOfRange(bytes(n % 2000 + 10, n), 5, 5 + n % 2000);
        assertThat(spool.read(n)).isEqualTo(written);
        assertThat(spool.length(n)).isEqualTo(n % 2000);
      }
      assertThat(spool.length(200)).isEqualTo(-1);
      assertThatThrownBy(() -> spool.read(200)).hasMessageContaining("lacks its record 200");
    }
  }

  @Test
  void replacesARecord() throws IOException {
    try (Spool spool = folder.create()) {
      spool.write(3, bytes(9, 1), 0, 9);
      spool.write(3, bytes(RECORD, 2), 0, RECORD);

      assertThat(spool.read(3)).isEqualTo(bytes(RECORD, 2));
      assertThat(spool.count()).isEqualTo(1);
      assertThat(spool.bytesOnDisk()).isEqualTo(9 + RECORD + 32);
    }
  }

  @Test
  void refusesARecordThatIsTooLargeOrHasNoNumber() throws IOException {
    try (Spool spool = folder.create()) {
      assertThatThrownBy(() -> spool.write(0, new byte[RECORD + 1], 0, RECORD + 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> spool.write(-1, new byte[1], 0, 1))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void leavesNothingWhileOpenNorAfterwards() throws IOException {
    try (Spool spool = folder.create()) {
      spool.write(0, bytes(100, 1), 0, 100);
      assertThat(files()).isEmpty(); // Linux: a file without a name
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void isForItsOwnerAlone() throws IOException {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place)))
        .isEqualTo("rwx------");
  }

  @Test
  void deletesWhatADeadProcessLeftAndNothingElse() throws IOException {
    Files.writeString(place.resolve("doorstep-spool-1234"), "left");
    Files.writeString(place.resolve("other"), "not ours");
    try (Spool spool = folder.create()) {
      spool.write(0, bytes(100, 1), 0, 100);

      SpoolFolder.open(place);

      assertThat(files()).containsExactly(place.resolve("other"));
      assertThat(spool.read(0)).isEqualTo(bytes(100, 1));
    }
  }

  @Test
  void tellsWhichFolderCannotBeUsed() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");

    assertThatThrownBy(() -> SpoolFolder.open(file.resolve("spool")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("make it writable");
  }

  @Test
  void writesNothingReadableAndNothingTwiceTheSame() throws IOException {
    Path file = temporary.resolve("seen");
    try (Spool spool = new Spool(new RandomAccessFile(file.toFile(), "rw"), file, folder)) {
      spool.write(0, new byte[1000], 0, 1000);
      spool.write(1, new byte[1000], 0, 1000);

      byte[] seen = Files.readAllBytes(file);

      assertThat(seen).hasSize(2 * 1016);
      assertThat(Arrays.copyOf(seen, 1000)).isNotEqualTo(new byte[1000]);
      assertThat(Arrays.copyOf(seen, 1016)).isNotEqualTo(Arrays.copyOfRange(seen, 1016, 2032));
    }
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 50, 99, 100, 115})
  void noticesEveryChangedByteOfARecord(int at) throws IOException {
    Path file = temporary.resolve("changed");
    try (RandomAccessFile other = new RandomAccessFile(file.toFile(), "rw");
        Spool spool = new Spool(new RandomAccessFile(file.toFile(), "rw"), file, folder)) {
      spool.write(0, bytes(100, 1), 0, 100);
      other.seek(at);
      int b = other.read();
      other.seek(at);
      other.write(b ^ 1);

      assertThatThrownBy(() -> spool.read(0))
          .isInstanceOf(IOException.class)
          .hasMessage("record 0 of a large document was changed on the disk");
    }
  }

  @Test
  void noticesRecordsThatChangedPlacesOrWereCutOff() throws IOException {
    Path file = temporary.resolve("swapped");
    try (RandomAccessFile other = new RandomAccessFile(file.toFile(), "rw");
        Spool spool = new Spool(new RandomAccessFile(file.toFile(), "rw"), file, folder)) {
      spool.write(0, bytes(100, 1), 0, 100);
      spool.write(1, bytes(100, 2), 0, 100);
      spool.write(2, bytes(100, 3), 0, 100);
      byte[] first = new byte[116];
      other.readFully(first);
      other.write(first);
      other.setLength(300);

      assertThat(spool.read(0)).isEqualTo(bytes(100, 1));
      assertThatThrownBy(() -> spool.read(1)).hasMessageContaining("was changed");
      assertThatThrownBy(() -> spool.read(2)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void tellsThatTheDiskIsFullAndKeepsWhatWasThere() throws IOException {
    RandomAccessFile full = new RandomAccessFile("/dev/full", "rw");
    try (Spool spool = new Spool(full, temporary.resolve("none"), folder)) {
      assertThatThrownBy(() -> spool.write(0, bytes(100, 1), 0, 100))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("make room")
          .hasRootCauseMessage("No space left on device");
      assertThat(spool.length(0)).isEqualTo(-1);
    }
  }

  @Test
  void takesNoMoreThanItsLimitAndGivesTheRoomBack() throws IOException {
    SpoolFolder small = SpoolFolder.open(place, 1000);
    Spool other = small.create();
    other.write(0, new byte[500], 0, 500);
    try (Spool spool = small.create()) {
      assertThatThrownBy(() -> spool.write(0, new byte[500], 0, 500))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("no room for more large documents");
      spool.write(0, new byte[100], 0, 100);
      assertThat(small.bytes()).isEqualTo(500 + 100 + 32);
      other.close();
      other.close();
      spool.write(1, new byte[800], 0, 800);
    }
    assertThat(small.bytes()).isZero();
  }

  @Test
  void leavesADiskSomeRoom() throws IOException {
    AtomicLong room = new AtomicLong(10 << 20);
    SpoolFolder nearlyFull = new SpoolFolder(place, Long.MAX_VALUE, room::get);
    try (Spool spool = nearlyFull.create()) {
      spool.write(0, new byte[RECORD], 0, RECORD);
      room.set(0); // somebody else fills the disk
      assertThatThrownBy(
              () -> {
                for (int n = 1; n < 100; n++) {
                  spool.write(n, new byte[RECORD], 0, RECORD);
                }
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("nearly full: make room there");
      assertThat(spool.count()).isBetween(1, 64); // it does not look each time
    }
  }

  @Test
  void isUsableForAThreadThatIsInterrupted() throws IOException {
    try (Spool spool = folder.create()) {
      Thread.currentThread().interrupt();
      spool.write(0, bytes(100, 1), 0, 100);
      assertThat(spool.read(0)).isEqualTo(bytes(100, 1));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(spool.read(0)).isEqualTo(bytes(100, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, RECORD - 1, RECORD, RECORD + 1, 3 * RECORD, 3 * RECORD + 17})
  void keepsADocumentOfEverySize(int size) throws IOException {
    byte[] bytes = bytes(size, size);
    SpooledDocument document;
    try (SpoolWriter writer = folder.writer("a/b")) {
      int step = Math.max(1, size / 7);
      for (int done = 0; done < size; done += step) {
        writer.write(bytes, done, Math.min(step, size - done));
      }
      document = writer.finish();
    }
    try (document;
        InputStream in = document.open()) {
      assertThat(in.readAllBytes()).isEqualTo(bytes);
      assertThat(document.size()).isEqualTo(size);
      assertThat(document.sha256()).isEqualTo(Digests.sha256(bytes));
      assertThat(Digests.sha256(document)).isEqualTo(document.sha256());
    }
  }

  @Test
  void readsEveryPartOfADocument() throws IOException {
    byte[] bytes = bytes(3 * RECORD + 17, 1);
    try (SpooledDocument document = document(bytes)) {
      for (int length : new int[] {0, 1, 1000, RECORD - 1, RECORD, RECORD + 1, 2 * RECORD + 2}) {
        for (int from : new int[] {0, 1, RECORD - 1, RECORD, RECORD + 1, bytes.length - length}) {
          assertThat(document.read(from, length))
              .isEqualTo(Arrays.copyOfRange(bytes, from, from + length));
        }
      }
      assertThatThrownBy(() -> document.read(bytes.length, 1))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void goesWithItsLastHolder() throws IOException {
    SpooledDocument one = document(bytes(100, 1));
    SpooledDocument other = one.share();
    one.close();
    one.close(); // once is enough
    assertThatThrownBy(one::open).hasMessageContaining("no longer kept");
    assertThat(other.read(0, 100)).isEqualTo(bytes(100, 1));

    InputStream reading = other.open();
    other.close();

    assertThatThrownBy(reading::read).hasMessageContaining("no longer kept");
    assertThatThrownBy(other::share).hasMessageContaining("no longer kept");
  }

  @Test
  void takesNothingMoreOnceItIsFinished() throws IOException {
    SpoolWriter writer = folder.writer("a/b");
    try (SpooledDocument document = writer.finish()) {
      assertThatThrownBy(() -> writer.write(1)).isInstanceOf(IOException.class);
      assertThatThrownBy(writer::finish).isInstanceOf(IOException.class);
      writer.close();
      assertThat(document.read(0, 0)).isEmpty();
    }
  }

  private SpooledDocument document(byte[] bytes) throws IOException {
    try (SpoolWriter writer = folder.writer("a/b")) {
      writer.write(bytes);
      return writer.finish();
    }
  }
}
