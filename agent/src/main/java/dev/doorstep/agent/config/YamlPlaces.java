package dev.doorstep.agent.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ParserException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Finds where in a YAML text a value stands. The binding to records knows only where its parser
 * was, which may be many lines further on.
 */
final class YamlPlaces {
  private static final int DEEPEST = 32;

  private final Optional<Node> root;

  private YamlPlaces(Optional<Node> root) {
    this.root = root;
  }

  /**
   * Takes the text apart.
   *
   * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException if it is no YAML
   */
  static YamlPlaces of(String yaml) {
    LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
    checkDepth(new Parse(settings).parseString(yaml));
    return new YamlPlaces(new Compose(settings).composeString(yaml));
  }

  /** Whether there is nothing in it. */
  boolean isEmpty() {
    return root.isEmpty();
  }

  /**
   * The place of a value, or of the nearest around it that there is.
   *
   * @param path names of keys, or indexes of lists
   * @param key whether the last key is at fault, not its value
   */
  String find(List<Object> path, boolean key) {
    Optional<Node> place = root;
    Optional<Node> around = root;
    for (Object step : path) {
      Node node = around.orElse(null);
      Optional<NodeTuple> entry = entry(node, step);
      around = entry.map(NodeTuple::getValueNode).or(() -> item(node, step));
      if (around.isEmpty()) {
        break;
      }
      place = key && entry.isPresent() ? entry.map(NodeTuple::getKeyNode) : around;
    }
    return place.flatMap(Node::getStartMark).map(YamlPlaces::text).orElse("line 1, column 1");
  }

  static String text(Mark mark) {
    return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
  }

  /** Composing goes down into the text level by level, and would end with the thread's stack. */
  private static void checkDepth(Iterable<Event> events) {
    int depth = 0;
    for (Event event : events) {
      depth +=
          switch (event.getEventId()) {
            case MappingStart, SequenceStart -> 1;
            case MappingEnd, SequenceEnd -> -1;
            default -> 0;
          };
      if (depth > DEEPEST) {
        throw new ParserException(
            "more than " + DEEPEST + " levels within each other", event.getStartMark());
      }
    }
  }

  private static Optional<NodeTuple> entry(@Nullable Node node, Object key) {
    if (!(node instanceof MappingNode mapping)) {
      return Optional.empty();
    }
    return mapping.getValue().stream()
        .filter(
            tuple -> tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key))
        .findFirst();
  }

  private static Optional<Node> item(@Nullable Node node, Object index) {
    return node instanceof SequenceNode list
            && index instanceof Integer i
            && i < list.getValue().size()
        ? Optional.of(list.getValue().get(i))
        : Optional.empty();
  }
}
