package dev.doorstep.protocol;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The topics of one point, all below {@code doorstep/v1/{point}/}.
 *
 * @param point the point's id, a valid {@linkplain Names name}
 */
public record Topics(String point) {
  private static final String ROOT = "doorstep/v1/";
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

  /** Checks the point's id. */
  public Topics {
    Names.check("point", point);
  }

  /**
   * Piece {@code n} of a blob.
   *
   * @param blob the blob's id
   * @param n counted from 0
   */
  public record Piece(String blob, int n) {}

  /**
   * A piece that a client uploads.
   *
   * @param client the client's name
   * @param piece which one it is
   */
  public record Upload(String client, Piece piece) {}

  /** The topics of the point that a topic belongs to, or empty if it is none of this contract. */
  public static Optional<Topics> of(String topic) {
    int end = topic.indexOf('/', ROOT.length());
    return Optional.of(topic)
        .filter(text -> text.startsWith(ROOT) && end > 0)
        .map(text -> text.substring(ROOT.length(), end))
        .filter(Names::valid)
        .map(Topics::new);
  }

  /** The filter that matches the replies of every point to a client. */
  public static String replies(String client) {
    return ROOT + "+/reply/" + Names.check("client", client);
  }

  /** The filter that matches the pieces of every point for a client. */
  public static String blobs(String client) {
    return ROOT + "+/blob/" + Names.check("client", client) + "/+/+";
  }

  /** Where commands for a device are published. */
  public String command(String device) {
    return below("command/" + Names.check("device", device));
  }

  /** The filter that matches the commands for every device of this point. */
  public String commands() {
    return below("command/+");
  }

  /** The device that a command topic of this point names, or empty for any other topic. */
  public Optional<String> deviceOf(String commandTopic) {
    return nameAfter("command/", commandTopic);
  }

  /** Where the replies to a client go. */
  public String reply(String client) {
    return below("reply/" + Names.check("client", client));
  }

  /** The client that a reply topic of this point names, or empty for any other topic. */
  public Optional<String> clientOf(String replyTopic) {
    return nameAfter("reply/", replyTopic);
  }

  /** Where piece {@code n} of a result too large for one message goes. */
  public String blob(String client, String blob, int n) {
    return below(
        "blob/" + Names.check("client", client) + "/" + Names.check("blob", blob) + "/" + n);
  }

  /** The piece that a topic of this point names for a client, or empty for any other topic. */
  public Optional<Piece> pieceOf(String client, String topic) {
    return pieceAfter(below("blob/" + client + "/"), topic);
  }

  /** Where a client uploads piece {@code n} of a document that a command refers to. */
  public String upload(String client, String blob, int n) {
    return below(
        "upload/" + Names.check("client", client) + "/" + Names.check("blob", blob) + "/" + n);
  }

  /** The filter that matches the uploads of every client to this point. */
  public String uploads() {
    return below("upload/+/+/+");
  }

  /** The piece that an upload topic of this point names, or empty for any other topic. */
  public Optional<Upload> uploadOf(String topic) {
    String branch = below("upload/");
    int end = topic.startsWith(branch) ? topic.indexOf('/', branch.length()) : -1;
    return Optional.of(topic)
        .filter(text -> end > 0)
        .map(text -> text.substring(branch.length(), end))
        .filter(Names::valid)
        .flatMap(
            client ->
                pieceAfter(topic.substring(0, end + 1), topic)
                    .map(piece -> new Upload(client, piece)));
  }

  /** Where the pictures of a running preview go; {@code id} is the command's. */
  public String preview(String client, String id) {
    return below("preview/" + Names.check("client", client) + "/" + Names.check("id", id));
  }

  /** Where a summary of the point's metrics goes. */
  public String telemetry() {
    return below("telemetry");
  }

  /** The retained summary of the last inspection. */
  public String inspection() {
    return below("inspection");
  }

  /** The retained {@link PointStatus}, also the topic of the will. */
  public String status() {
    return below("status");
  }

  /** The retained {@link PointAbout}. */
  public String about() {
    return below("about");
  }

  /** The retained {@link DeviceStatus} of a device. */
  public String device(String device) {
    return below("device/" + Names.check("device", device));
  }

  /** Where the events of a device go. */
  public String event(String device) {
    return below("event/" + Names.check("device", device));
  }

  /** The device that a retained document of this point is of, or empty for any other topic. */
  public Optional<String> documentOf(String topic) {
    return nameAfter("device/", topic);
  }

  /** The device that an event of this point is of, or empty for any other topic. */
  public Optional<String> eventOf(String topic) {
    return nameAfter("event/", topic);
  }

  /** The filters that match what every point tells unasked: status, about, devices, events. */
  public static List<String> announcements() {
    return Stream.concat(pointAnnouncements().stream(), deviceAnnouncements().stream()).toList();
  }

  /** Those of them that are about the point itself. */
  public static List<String> pointAnnouncements() {
    return List.of(ROOT + "+/status", ROOT + "+/about");
  }

  /** Those of them that are about its devices. */
  public static List<String> deviceAnnouncements() {
    return List.of(ROOT + "+/device/+", ROOT + "+/event/+");
  }

  private String below(String rest) {
    return ROOT + point + "/" + rest;
  }

  private static Optional<Piece> pieceAfter(String prefix, String topic) {
    if (!topic.startsWith(prefix)) {
      return Optional.empty();
    }
    String[] names = topic.substring(prefix.length()).split("/", -1);
    return names.length == 2 && Names.valid(names[0]) && NUMBER.matcher(names[1]).matches()
        ? Optional.of(new Piece(names[0], Integer.parseInt(names[1])))
        : Optional.empty();
  }

  private Optional<String> nameAfter(String branch, String topic) {
    String prefix = below(branch);
    return Optional.of(topic)
        .filter(text -> text.startsWith(prefix))
        .map(text -> text.substring(prefix.length()))
        .filter(Names::valid);
  }
}
