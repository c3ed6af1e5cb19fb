package dev.doorstep.protocol.mqtt;

import dev.doorstep.protocol.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Who may write and read which topics of the contract. A point writes its own branches and reads
 * its own commands, uploads and status; a client of a center reads all that points tell everybody
 * and what they send to itself.
 */
public final class AccessRules {
  private static final String ROOT = "doorstep/v1/";

  /** What mosquitto puts the user's name for. */
  private static final String USER = "%u";

  private AccessRules() {}

  /** Whether a topic is for writing, reading or both; named as mosquitto does. */
  public enum Access {
    /** Publish. */
    WRITE,
    /** Receive. */
    READ,
    /** Both. */
    READWRITE
  }

  /**
   * One rule.
   *
   * @param user whom it is for; absent means every user, whose name stands for {@code %u}
   * @param access what it allows
   * @param topic the topics, as a filter
   */
  public record Rule(Optional<String> user, Access access, String topic) {
    /** A line of an {@code acl_file}, below the line {@code user NAME} if it is for one user. */
    String line() {
      String what = user.isPresent() ? "topic " : "pattern ";
      return what + access.name().toLowerCase(java.util.Locale.ROOT) + " " + topic;
    }
  }

  /** The rules for every point whose user at the broker has its id for a name. */
  public static List<Rule> everyPoint() {
    return point(Optional.empty(), USER);
  }

  /** The rules for one point, whose user at the broker has its id for a name. */
  public static List<Rule> point(String point) {
    return point(Optional.of(Names.check("point", point)), point);
  }

  /** The rules for a client of a center, whose user at the broker has the same name. */
  public static List<Rule> client(String client) {
    Optional<String> user = Optional.of(Names.check("client", client));
    List<Rule> rules = new ArrayList<>();
    add(rules, user, Access.WRITE, "+", "command/+", "upload/" + client + "/+/+");
    add(
        rules,
        user,
        Access.READ,
        "+",
        "reply/" + client,
        "blob/" + client + "/+/+",
        "preview/" + client + "/+",
        "event/+",
        "telemetry",
        "status",
        "about",
        "inspection",
        "device/+");
    return List.copyOf(rules);
  }

  /** The text of an {@code acl_file} of mosquitto. */
  public static String mosquitto(List<Rule> rules) {
    List<String> lines = new ArrayList<>();
    // Its patterns are for all users, wherever they stand; first they are not read as one user's.
    rules.stream().filter(rule -> rule.user().isEmpty()).map(Rule::line).forEach(lines::add);
    rules.stream()
        .filter(rule -> rule.user().isPresent())
        .collect(
            Collectors.groupingBy(
                rule -> rule.user().orElseThrow(),
                java.util.LinkedHashMap::new,
                Collectors.toList()))
        .forEach(
            (user, own) -> {
              lines.add((lines.isEmpty() ? "" : "\n") + "user " + user);
              own.stream().map(Rule::line).forEach(lines::add);
            });
    return String.join("\n", lines);
  }

  private static List<Rule> point(Optional<String> user, String name) {
    List<Rule> rules = new ArrayList<>();
    add(
        rules,
        user,
        Access.WRITE,
        name,
        "reply/+",
        "blob/+/+/+",
        "preview/+/+",
        "event/+",
        "telemetry",
        "about",
        "inspection",
        "device/+");
    add(rules, user, Access.READWRITE, name, "status");
    add(rules, user, Access.READ, name, "command/+", "upload/+/+/+");
    return List.copyOf(rules);
  }

  private static void add(
      List<Rule> rules, Optional<String> user, Access access, String point, String... branches) {
    for (String branch : branches) {
      rules.add(new Rule(user, access, ROOT + point + "/" + branch));
    }
  }
}
