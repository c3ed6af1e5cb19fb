package dev.doorstep.agent.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What waits for the broker, and what it has not confirmed yet. Letters leave first and in order,
 * then retained documents, then the pieces of documents, of each in turn. Any thread.
 *
 * <p>Where letters take more than their room, the oldest events are dropped first; then the oldest
 * results give way to a short reply that says so. No command goes without a reply.
 */
final class Outbox {
  /** The room of letters, in bytes. */
  static final long LARGEST = Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 5);

  /** How many events wait at most. */
  static final int MOST_EVENTS = 1000;

  /** How many pieces are under way at most, so that a letter always finds room soon. */
  private static final int MOST_PIECES = 14;

  private final ArrayDeque<Letter> letters = new ArrayDeque<>();
  private final ArrayDeque<Outgoing> documents = new ArrayDeque<>();
  private final ArrayDeque<Transfer> transfers = new ArrayDeque<>();
  private final Set<Sent> sent = new LinkedHashSet<>();
  private long bytes;
  private int events;
  private int pieces;
  private boolean woken;

  /** A message that was given to a connection. Each sending is its own. */
  static final class Sent {
    private final Outgoing message;
    private final Optional<Letter> letter;
    private final Optional<Transfer> transfer;
    private final int piece;

    private Sent(Outgoing message, Optional<Letter> letter, Optional<Transfer> transfer, int n) {
      this.message = message;
      this.letter = letter;
      this.transfer = transfer;
      this.piece = n;
    }

    Outgoing message() {
      return message;
    }
  }

  /**
   * Puts a letter at the end, and after it the documents that belong to it. Whoever brings a letter
   * sends it, so that nobody is woken for it alone.
   *
   * @return the letters that had to give way to it
   */
  synchronized List<Letter> add(Letter letter, List<Transfer> documentsOfIt) {
    letters.add(letter);
    count(letter, 1);
    documentsOfIt.forEach(this::add);
    return makeRoom();
  }

  /** Sends pieces of a document, unless they are on their way already. */
  synchronized void add(Transfer transfer) {
    for (Sent underway : sent) {
      underway
          .transfer
          .filter(transfer::isOfTheSame)
          .ifPresent(it -> transfer.skip(underway.piece));
    }
    Optional<Transfer> waiting = transfers.stream().filter(transfer::isOfTheSame).findFirst();
    if (waiting.isPresent()) {
      waiting.get().join(transfer);
    } else {
      transfers.add(transfer);
    }
    notifyAll();
  }

  /** Retained documents that changed. */
  synchronized void add(List<Outgoing> changed) {
    documents.addAll(changed);
    notifyAll();
  }

  /** Waits until there is something to send or {@link #wake}, at most so many milliseconds. */
  synchronized void await(long millis, int window) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    long rest = millis;
    while (rest > 0 && !woken && !sendable(window)) {
      wait(rest);
      rest = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
    }
    woken = false;
  }

  /** The next letter to send, or empty if none waits or the window is full. */
  synchronized Optional<Sent> nextLetter(int window) {
    if (letters.isEmpty() || sent.size() >= window) {
      return Optional.empty();
    }
    Letter letter = letters.remove();
    return underway(new Sent(letter.message(), Optional.of(letter), Optional.empty(), 0));
  }

  /** The next document or piece to send; empty while letters wait or the window is full. */
  synchronized Optional<Sent> nextOther(int window) {
    if (!letters.isEmpty() || sent.size() >= window) {
      return Optional.empty();
    }
    if (!documents.isEmpty()) {
      return underway(new Sent(documents.remove(), Optional.empty(), Optional.empty(), 0));
    }
    while (pieces < MOST_PIECES && !transfers.isEmpty()) {
      Transfer transfer = transfers.remove();
      Optional<Integer> n = transfer.next();
      if (n.isPresent()) {
        transfers.add(transfer); // each document in its turn
        pieces++;
        return underway(
            new Sent(transfer.piece(n.get()), Optional.empty(), Optional.of(transfer), n.get()));
      }
    }
    return Optional.empty();
  }

  /** The broker has it. A confirmation that comes twice does nothing. */
  void confirmed(Sent message) {
    synchronized (this) {
      if (!sent.remove(message)) {
        return;
      }
      message.letter.ifPresent(letter -> count(letter, -1));
      pieces -= message.transfer.isPresent() ? 1 : 0;
      if (waits()) {
        notifyAll();
      }
    }
    message.letter.ifPresent(letter -> letter.delivered().run());
  }

  /** It cannot be read any more: it is not sent, nor the rest of its document. */
  void unreadable(Sent message) {
    message.transfer.ifPresent(this::forget);
    confirmed(message);
  }

  /** The broker does not take it now: it goes first when it does. */
  synchronized void again(Sent message) {
    if (!sent.remove(message)) {
      return;
    }
    message.letter.ifPresent(letters::addFirst);
    message.transfer.ifPresent(transfer -> pieceAgain(transfer, message.piece));
    pieces -= message.transfer.isPresent() ? 1 : 0;
    notifyAll();
  }

  /** It is larger than the broker's packets: a small message takes its place, or nothing does. */
  void tooLarge(Sent message) {
    if (message.letter.flatMap(Letter::instead).isEmpty()) {
      unreadable(message);
      return;
    }
    synchronized (this) {
      if (sent.remove(message)) {
        Letter shortened = message.letter.get().shortened();
        count(message.letter.get(), -1);
        count(shortened, 1);
        letters.addFirst(shortened);
        notifyAll();
      }
    }
  }

  private synchronized void forget(Transfer transfer) {
    transfers.remove(transfer);
  }

  private void pieceAgain(Transfer transfer, int n) {
    if (!transfers.contains(transfer)) {
      transfers.add(transfer);
    }
    transfer.again(n);
  }

  /**
   * The connection is gone: what it had not confirmed goes first on the next. Retained documents
   * are dropped: on the next connection the newest of each is sent anyway.
   */
  synchronized void disconnected() {
    List<Letter> again = new ArrayList<>();
    for (Sent message : sent) {
      message.letter.ifPresent(again::add);
      message.transfer.ifPresent(transfer -> pieceAgain(transfer, message.piece));
    }
    for (int i = again.size() - 1; i >= 0; i--) {
      letters.addFirst(again.get(i));
    }
    sent.clear();
    documents.clear();
    pieces = 0;
    notifyAll();
  }

  /** Wakes whoever waits. */
  synchronized void wake() {
    woken = true;
    notifyAll();
  }

  /** Whether no letter waits and everything is confirmed. */
  synchronized boolean isEmpty() {
    return letters.isEmpty() && documents.isEmpty() && sent.isEmpty();
  }

  /** Whether a letter waits for the connection, or for room on it. */
  synchronized boolean hasLetters() {
    return !letters.isEmpty();
  }

  private boolean sendable(int window) {
    return sent.size() < window && waits();
  }

  private boolean waits() {
    return !letters.isEmpty()
        || !documents.isEmpty()
        || (pieces < MOST_PIECES && !transfers.isEmpty());
  }

  private Optional<Sent> underway(Sent message) {
    sent.add(message);
    return Optional.of(message);
  }

  private void count(Letter letter, int sign) {
    bytes += sign * (long) letter.message().size();
    events += letter.kind() == Letter.Kind.EVENT ? sign : 0;
  }

  private List<Letter> makeRoom() {
    List<Letter> dropped = new ArrayList<>();
    for (Iterator<Letter> each = letters.iterator();
        each.hasNext() && (bytes > LARGEST || events > MOST_EVENTS); ) {
      Letter letter = each.next();
      if (letter.kind() == Letter.Kind.EVENT) {
        each.remove();
        count(letter, -1);
        dropped.add(letter);
      }
    }
    if (bytes > LARGEST) {
      List<Letter> kept = new ArrayList<>(letters);
      letters.clear();
      for (Letter letter : kept) {
        boolean givesWay = bytes > LARGEST && letter.instead().isPresent();
        Letter stays = givesWay ? letter.shortened() : letter;
        if (givesWay) {
          count(letter, -1);
          count(stays, 1);
          dropped.add(letter);
        }
        letters.add(stays);
      }
    }
    return dropped;
  }
}
