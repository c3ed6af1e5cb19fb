package dev.doorstep.simulator.device;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays a transcript: waits for the bytes of each request, however the line cuts them, then does
 * what stands below it. What stands before the first request happens when the line opens. A program
 * that sends anything else gets no further answer, and {@link #mismatch()} tells what it sent. A
 * line that is opened again goes on where the transcript stands.
 */
public final class TranscriptDevice implements WireDevice {

  private static final Logger LOG = LoggerFactory.getLogger(TranscriptDevice.class);

  private final Transcript transcript;
  private byte[] pending = {};
  private int drop;
  private final AtomicInteger next = new AtomicInteger();
  private volatile @Nullable String mismatch;

  /** A device at the first line. */
  public TranscriptDevice(Transcript transcript) {
    this.transcript = transcript;
  }

  /** Tells whether everything was played. */
  public boolean finished() {
    return next.get() == transcript.steps().size();
  }

  /** What the program sent in place of what the transcript says, with its line. */
  public Optional<String> mismatch() {
    return Optional.ofNullable(mismatch);
  }

  @Override
  public void connected(Wire wire) {
    play(wire);
  }

  @Override
  public void received(byte[] bytes, Wire wire) {
    pending = Bytes.join(pending, bytes);
    play(wire);
  }

  @Override
  public void disconnected(Wire wire) {
    pending = new byte[0];
  }

  private void play(Wire wire) {
    while (mismatch == null && !finished() && wire.open()) {
      TranscriptStep step = transcript.steps().get(next.get());
      if (step.kind() == TranscriptStep.Kind.REQUEST && !requested(step)) {
        return;
      }
      next.incrementAndGet();
      perform(step, wire);
    }
    if (finished() && pending.length > 0) {
      mismatch("after the end", pending);
    }
  }

  private boolean requested(TranscriptStep step) {
    byte[] wanted = step.bytes();
    int common = Math.min(wanted.length, pending.length);
    if (!Arrays.equals(wanted, 0, common, pending, 0, common)) {
      mismatch("line " + step.line() + " wants " + Bytes.hex(wanted), pending);
      return false;
    }
    if (common < wanted.length) {
      return false;
    }
    pending = Arrays.copyOfRange(pending, common, pending.length);
    return true;
  }

  private void mismatch(String where, byte[] came) {
    mismatch = transcript.name() + ", " + where + ", came " + Bytes.hex(came);
    LOG.warn("{}", mismatch);
  }

  private void perform(TranscriptStep step, Wire wire) {
    switch (step.kind()) {
      case ANSWER -> {
        byte[] answer = step.bytes();
        wire.send(Arrays.copyOfRange(answer, Math.min(drop, answer.length), answer.length));
        drop = 0;
      }
      case NOISE -> wire.send(step.bytes());
      case DROP -> drop = step.count();
      case CLOSE -> wire.close();
      case STALL -> {
        if (!Threads.pause(step.time())) {
          wire.close();
        }
      }
      case REQUEST -> LOG.trace("line {} was asked", step.line());
    }
  }
}
