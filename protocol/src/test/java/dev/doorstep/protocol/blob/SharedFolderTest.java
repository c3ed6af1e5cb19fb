package dev.doorstep.protocol.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder for spools that others use too. */
class SharedFolderTest {
  @TempDir private Path folder;

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static void usable(SpoolFolder spools) throws IOException {
    try (Spool spool = spools.create()) {
      spool.write(0, new byte[] {1, 2}, 0, 2);
      assertThat(spool.read(0)).containsExactly(1, 2);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(spools.path())))
        .isEqualTo("rwx------");
  }

  @Test
  void itsUserHasAFolderBelowAlwaysTheSame() throws IOException {
    permit(folder, "rwxrwxrwx");
    SpoolFolder first = SpoolFolder.open(folder);
    SpoolFolder second = SpoolFolder.open(folder);

    assertThat(first.path()).hasParent(folder).isEqualTo(second.path());
    assertThat(first.path().getFileName().toString()).startsWith("doorstep-");
    usable(first);
    usable(second);
  }

  @Test
  void oneThatOthersMayOnlyReadIsUsedItself() throws IOException {
    permit(folder, "rwxr-xr-x");

    assertThat(SpoolFolder.open(folder).path()).isEqualTo(folder);
  }

  @Test
  void aFolderUnderItsNameThatOthersCanWriteIsNotUsed() throws IOException {
    permit(folder, "rwxrwxrwx");
    Path taken = SpoolFolder.open(folder).path();
    permit(taken, "rwxrwxrwx");

    SpoolFolder other = SpoolFolder.open(folder);

    assertThat(other.path()).hasParent(folder).isNotEqualTo(taken);
    usable(other);
  }

  @Test
  void aLinkOrAFileUnderItsNameIsNotFollowed() throws IOException {
    permit(folder, "rwxrwxrwx");
    Path taken = SpoolFolder.open(folder).path();
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"), OwnFolder.attributes());
    Files.delete(taken);
    Files.createSymbolicLink(taken, elsewhere);
    usable(SpoolFolder.open(folder));
    Files.delete(taken);
    Files.createFile(taken);
    usable(SpoolFolder.open(folder));

    try (Stream<Path> files = Files.list(elsewhere)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whatCannotBeDeletedIsPassedOver() throws IOException {
    Path stuck = Files.createDirectory(folder.resolve("doorstep-spool-1"));
    Files.createFile(stuck.resolve("file"));
    Path left = Files.createFile(folder.resolve("doorstep-spool-2"));

    usable(SpoolFolder.open(folder));

    assertThat(stuck).exists();
    assertThat(left).doesNotExist();
  }

  @Test
  void anotherWhoCleansUpMeanwhileDisturbsNobody() throws Exception {
    SpoolFolder spools = SpoolFolder.open(folder);
    AtomicBoolean enough = new AtomicBoolean();
    ExecutorService other =
        Executors.newSingleThreadExecutor(task -> new Thread(task, "doorstep-test-cleaner"));
    try {
      Future<Boolean> cleaned =
          other.submit(
              () -> {
                while (!enough.get()) {
                  SpoolFolder.open(folder);
                }
                return true;
              });
      for (int i = 0; i < 5000; i++) {
        usable(spools);
      }
      enough.set(true);
      assertThat(cleaned.get(30, TimeUnit.SECONDS)).isTrue();
    } finally {
      enough.set(true);
      other.shutdown();
      assertThat(other.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    }
  }
}
