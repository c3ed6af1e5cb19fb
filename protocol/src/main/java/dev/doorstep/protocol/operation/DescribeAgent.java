package dev.doorstep.protocol.operation;

import dev.doorstep.protocol.Names;
import dev.doorstep.protocol.Operation;
import dev.doorstep.protocol.OperationType;
import dev.doorstep.protocol.constraint.Matches;
import java.util.Optional;

/**
 * {@code agent.describe}: what the operations of the point take and give.
 *
 * @param device one device alone, a valid name; absent for all, the agent itself among them
 */
public record DescribeAgent(Optional<@Matches(Matches.NAME) String> device)
    implements Operation<Description> {
  /** The operation's type. */
  public static final OperationType<DescribeAgent, Description> TYPE =
      new OperationType<>("agent.describe", DescribeAgent.class, Description.class);

  /** Checks the name. */
  public DescribeAgent {
    device.ifPresent(name -> Names.check("device", name));
  }

  @Override
  public OperationType<DescribeAgent, Description> type() {
    return TYPE;
  }
}
