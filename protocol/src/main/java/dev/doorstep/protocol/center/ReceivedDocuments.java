package dev.doorstep.protocol.center;

import dev.doorstep.protocol.blob.SpooledDocument;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Hands out documents that have arrived, as streams and as files. */
final class ReceivedDocuments {
  private ReceivedDocuments() {}

  /** A stream that has a share of the document, until it is closed. */
  static InputStream open(SpooledDocument document) throws IOException {
    SpooledDocument share = document.share();
    return new FilterInputStream(share.open()) {
      @Override
      public void close() throws IOException {
        share.close();
        super.close();
      }
    };
  }

  /** Its SHA-256, as lower-case hexadecimal. */
  static String sha256(SpooledDocument document) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(document.open(), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  static Path save(SpooledDocument document, Path file) throws IOException {
    try (InputStream in = document.open()) {
      return save(in, file);
    }
  }

  static Path save(byte[] bytes, Path file) throws IOException {
    return save(new ByteArrayInputStream(bytes), file);
  }

  /** Under another name first, so that nobody finds a half of it. */
  private static Path save(InputStream in, Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException(file + " is a folder: name a file");
    }
    Path part = Files.createTempFile(folder, ".doorstep-", ".part");
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        in.transferTo(out);
      }
      return Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
