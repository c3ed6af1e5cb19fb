package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import java.util.List;
import java.util.Objects;

/**
 * {@code ticket.print}: prints a ticket and cuts it off.
 *
 * @param lines what to print, from top to bottom; 1 to 200 lines
 * @param cut how to cut; absent means PARTIAL
 */
public record PrintTicket(
    @Bounds(min = 1, max = 200) List<TicketLine> lines, @Defaulted("PARTIAL") Cut cut)
    implements Operation<Printed> {
  /** The operation's type. */
  public static final OperationType<PrintTicket, Printed> TYPE =
      new OperationType<>("ticket.print", PrintTicket.class, Printed.class);

  private static final int MOST_LINES = 200;

  /** Checks the number of lines. */
  public PrintTicket {
    lines = List.copyOf(Objects.requireNonNullElse(lines, List.of()));
    if (lines.isEmpty() || lines.size() > MOST_LINES) {
      throw new IllegalArgumentException("lines must be 1 to 200 lines");
    }
    cut = Objects.requireNonNullElse(cut, Cut.PARTIAL);
  }

  @Override
  public OperationType<PrintTicket, Printed> type() {
    return TYPE;
  }

  /** How a ticket is cut off. */
  public enum Cut {
    /** A point is left, so that the ticket does not fall. */
    PARTIAL,
    /** All the way. */
    FULL,
    /** Not at all: it is torn by hand. */
    NONE
  }
}
