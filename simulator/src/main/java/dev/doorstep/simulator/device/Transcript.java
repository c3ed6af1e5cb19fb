package dev.doorstep.simulator.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A recorded talk between a program and a device, to be played by a {@link TranscriptDevice}. One
 * step a line; the grammar is in the simulator's README.
 *
 * <pre>
 * # a comment
 * &gt; 10 04 04        bytes toward the device
 * &lt; 72              bytes from it
 * ! stall 5s        or: close, drop 1, noise 00 ff
 * </pre>
 *
 * @param name where it comes from, for messages
 * @param steps what happens, in order
 */
public record Transcript(String name, List<TranscriptStep> steps) {

  /** Copies the steps. */
  public Transcript {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a transcript from text.
   *
   * @throws IllegalArgumentException with the name, the line and what is wrong with it
   */
  public static Transcript parse(String name, String text) {
    List<TranscriptStep> steps = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      try {
        TranscriptStep.parse(number, line).ifPresent(steps::add);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            name + ", line " + number + ": " + e.getMessage() + " in: " + line.strip(), e);
      }
    }
    return new Transcript(name, steps);
  }

  /**
   * Reads a transcript from a file.
   *
   * @throws IllegalArgumentException as {@link #parse}
   * @throws UncheckedIOException if the file cannot be read
   */
  public static Transcript load(Path file) {
    try {
      return parse(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * One of the samples that come with the simulator.
   *
   * @param name {@code sam} or {@code esc-pos}
   * @throws IllegalArgumentException if there is no such sample
   */
  public static Transcript sample(String name) {
    try (InputStream in = Transcript.class.getResourceAsStream(name + ".transcript")) {
      if (in == null) {
        throw new IllegalArgumentException("no sample " + name + "; there are: sam, esc-pos");
      }
      return parse(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the sample " + name, e);
    }
  }
}
