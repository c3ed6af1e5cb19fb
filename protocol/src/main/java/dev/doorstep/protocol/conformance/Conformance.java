package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Topics;
import dev.doorstep.protocol.mqtt.BrokerLogin;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks whether a point keeps the rules of the contract, whoever wrote its agent: over MQTT alone,
 * and with the records and schemas of this module.
 *
 * <p>Moves no paper and asks nobody anything unless that was allowed. It looks for a card on the
 * reader for some seconds, takes a picture if there is a camera, and fills the queue of the reader
 * for a moment: others get BUSY meanwhile. It lets go of every document and leaves nothing retained
 * behind.
 */
public final class Conformance {
  /** How long a reply may take beyond what its command waits and runs. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration SETTLING = Duration.ofSeconds(2);
  private static final Duration ANSWERING = Duration.ofSeconds(1);
  private static final List<Check> CHECKS =
      List.of(
          new PresenceCheck(),
          new DescribeCheck(),
          new CommandCheck(),
          new RepeatCheck(),
          new CancelCheck(),
          new QueueCheck(),
          new ExpiryCheck(),
          new BlobCheck(),
          new UploadCheck(),
          new RefusalCheck());

  /** The rules that need a second client. */
  private static final Set<Rule> TWO = EnumSet.of(Rule.R26, Rule.R32, Rule.R41, Rule.R42);

  private final BrokerLogin login;
  private final Topics topics;
  private final Settings settings;

  /**
   * How far a check goes.
   *
   * @param client the name of the first client in topics, where the broker lets no other in
   * @param device the one device to use, if not any that fits
   * @param physical whether a ticket may be printed
   * @param only the rules to check; empty for all
   * @param patience how long a reply may take beyond what its command waits and runs
   */
  public record Settings(
      Optional<String> client,
      Optional<String> device,
      boolean physical,
      Set<Rule> only,
      Duration patience) {
    /** Copies the rules. */
    public Settings {
      only = Set.copyOf(only);
    }

    /** All rules, any device, and no paper. */
    public static Settings standard() {
      return new Settings(Optional.empty(), Optional.empty(), false, Set.of(), PATIENCE);
    }
  }

  /**
   * A check of one point.
   *
   * @param login the way to the broker; the clients there get new names
   * @param point the point's id
   */
  public Conformance(BrokerLogin login, String point, Settings settings) {
    this.login = login;
    this.topics = new Topics(point);
    this.settings = settings;
  }

  /**
   * Goes through the rules; takes some five seconds.
   *
   * @return a finding for each rule that was asked for, in their order
   * @throws PointAwayException if the point is not there
   * @throws IOException if the broker is not there, or goes away
   */
  public List<Finding> run() throws IOException {
    String name = settings.client().orElseGet(Conformance::name);
    try (Station first = new Station(login, topics, name, true);
        Station second = needsTwo() ? new Station(login, topics, name(), false) : first) {
      Subject subject = new Subject(topics, first, settings.device());
      Ledger ledger = new Ledger();
      Trial trial =
          new Trial(
              first,
              second,
              subject,
              ledger,
              settings.patience(),
              () -> new Station(login, topics, name(), false));
      first.await(SETTLING, () -> subject.isOnline() && subject.isComplete());
      if (!subject.isOnline()) {
        knock(trial);
      }
      if (needsTwo()) {
        trial.trySecond(SETTLING, TWO.toArray(Rule[]::new));
      }
      for (Check check : checks()) {
        check.run(trial);
      }
      new ReplyCheck().run(trial);
      return ledger.findings().stream().filter(it -> asked(it.rule())).toList();
    }
  }

  /** One that is said to be away and answers all the same breaks a rule. */
  private void knock(Trial trial) throws IOException {
    Exchange answer = trial.first().send(Draft.of(Subject.AGENT, "agent.describe").expiry(2));
    if (!trial.first().await(ANSWERING, () -> !answer.replies().isEmpty())) {
      String state = trial.subject().status().path("state").asString("-");
      throw new PointAwayException(topics.point(), state);
    }
  }

  private static String name() {
    return "conform-" + Names.random();
  }

  private List<Check> checks() {
    List<Check> checks = new ArrayList<>(CHECKS);
    if (settings.physical()) {
      checks.add(new TicketCheck());
    }
    checks.removeIf(
        check ->
            !(check instanceof CommandCheck)
                && !settings.only().isEmpty()
                && Collections.disjoint(check.rules(), settings.only()));
    return checks;
  }

  /** Connecting takes longer than most checks. */
  private boolean needsTwo() {
    return settings.only().isEmpty() || !Collections.disjoint(TWO, settings.only());
  }

  private boolean asked(Rule rule) {
    return settings.only().isEmpty() || settings.only().contains(rule);
  }
}
