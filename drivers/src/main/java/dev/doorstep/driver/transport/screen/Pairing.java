package dev.doorstep.driver.transport.screen;

import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.blob.Digests;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tablets that may open the screens over the counter's network. One gets in with a code that a
 * technician sees, is good for one tablet, for {@link #VALID}, and for {@value #MOST_TRIES} tries;
 * it is given a token, of which only the digest is kept. Any thread.
 */
public final class Pairing {
  /** How long a code is good. */
  public static final Duration VALID = Duration.ofMinutes(5);

  /** How often a wrong code may be typed until the right one is void, too. */
  public static final int MOST_TRIES = 5;

  /** How many digits a code has. */
  public static final int DIGITS = 8;

  /** The most tablets that are kept. */
  public static final int MOST_TABLETS = 32;

  private static final Logger log = LoggerFactory.getLogger(Pairing.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int TOKEN_BYTES = 32;
  private static final int RANGE = 100_000_000;

  private final LongSupplier ticker;
  private final Consumer<List<Tablet>> keeper;
  private final List<Tablet> tablets;
  private @Nullable Offer offer;
  private Runnable shut = () -> {};

  /**
   * A tablet that was let in.
   *
   * @param name what the technician calls it
   * @param digest the SHA-256 of its token, 64 hexadecimal digits
   */
  public record Tablet(String name, String digest) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /** Checks both. */
    public Tablet {
      Names.check("a tablet", name);
      if (!DIGEST.matcher(digest).matches()) {
        throw new IllegalArgumentException("a digest has 64 hexadecimal digits");
      }
    }
  }

  private static final class Offer {
    private final String name;
    private final String code;
    private final long until;
    private int wrong;

    Offer(String name, String code, long until) {
      this.name = name;
      this.code = code;
      this.until = until;
    }
  }

  /**
   * The pairing of a server.
   *
   * @param tablets those that were let in before
   * @param keeper keeps them over a restart, whenever they are others; it fails with an {@link
   *     UncheckedIOException} if it cannot
   * @param ticker nanoseconds that only go forward
   */
  public Pairing(List<Tablet> tablets, Consumer<List<Tablet>> keeper, LongSupplier ticker) {
    this.tablets = new ArrayList<>(tablets);
    this.keeper = keeper;
    this.ticker = ticker;
  }

  /**
   * A new code, which takes the place of the one before.
   *
   * @param name what the tablet is called from then on; one of the same name is let in no more
   * @return {@value #DIGITS} digits
   */
  public synchronized String begin(String name) {
    String code = String.format("%0" + DIGITS + "d", RANDOM.nextInt(RANGE));
    offer = new Offer(name, code, ticker.getAsLong() + VALID.toNanos());
    return code;
  }

  /** The tablets that may come in. */
  public synchronized List<Tablet> tablets() {
    return List.copyOf(tablets);
  }

  /**
   * Lets a tablet in no more. The pages of all tablets are closed; the others come back at once.
   *
   * @return whether there was one of that name
   */
  public synchronized boolean forget(String name) {
    if (offer != null && offer.name.equals(name)) {
      offer = null;
    }
    List<Tablet> left = new ArrayList<>(tablets);
    if (!left.removeIf(tablet -> tablet.name().equals(name))) {
      return false;
    }
    keep(left);
    shut.run();
    log.info("tablet {} is let in no more", name);
    return true;
  }

  /** What closes the pages of tablets, so that one that is let in no more shows nothing more. */
  synchronized void shutWith(Runnable closing) {
    shut = closing;
  }

  /** The token for whoever types the code; empty if it is not the right one, or not any more. */
  synchronized Optional<String> redeem(String code) {
    Offer open = offer;
    if (open == null || open.until - ticker.getAsLong() <= 0) {
      offer = null;
      return Optional.empty();
    }
    if (!same(open.code, code)) {
      open.wrong++;
      log.warn("a wrong code for tablet {} was typed, {} of {}", open.name, open.wrong, MOST_TRIES);
      offer = open.wrong < MOST_TRIES ? open : null;
      return Optional.empty();
    }
    offer = null;
    byte[] random = new byte[TOKEN_BYTES];
    RANDOM.nextBytes(random);
    String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    List<Tablet> next = new ArrayList<>(tablets);
    boolean replaced = next.removeIf(tablet -> tablet.name().equals(open.name));
    if (next.size() >= MOST_TABLETS) {
      log.warn("{} tablets are paired: forget one before", MOST_TABLETS);
      return Optional.empty();
    }
    next.add(new Tablet(open.name, digest(token)));
    try {
      keep(next);
    } catch (UncheckedIOException e) {
      log.warn("tablet {} is not let in: {}", open.name, e.getMessage(), e);
      return Optional.empty();
    }
    if (replaced) {
      shut.run();
    }
    log.info("tablet {} was paired", open.name);
    return Optional.of(token);
  }

  /** Whether a tablet has this token. */
  synchronized boolean knows(String token) {
    String digest = digest(token);
    boolean known = false;
    for (Tablet tablet : tablets) {
      known |= same(tablet.digest(), digest);
    }
    return known;
  }

  private void keep(List<Tablet> next) {
    keeper.accept(List.copyOf(next));
    tablets.clear();
    tablets.addAll(next);
  }

  private static String digest(String token) {
    return Digests.sha256(token.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
