package dev.doorstep.protocol.conformance;

import dev.doorstep.protocol.Words;
import java.util.Locale;

/**
 * A rule of the contract that can be checked over MQTT alone. Its number is its name and stays: a
 * rule that no longer holds is left out, and its number is not used again.
 */
public enum Rule {
  /** While a point is connected, its retained status says online. */
  R1(Group.PRESENCE),
  /** The retained about has the session of status. */
  R2(Group.PRESENCE),
  /** For every device that about names there is a retained document of the same session. */
  R3(Group.PRESENCE),
  /**
   * A point that finds the status of another session under its own topic publishes its own again.
   */
  R4(Group.PRESENCE),
  /** Every retained document is of its JSON Schema. */
  R5(Group.PRESENCE),
  /** A command without updates gets one message, its final reply. */
  R6(Group.COMMANDS),
  /** A command with updates is told accepted, then running, then its final state. */
  R7(Group.COMMANDS),
  /** A command to a device that about names reaches exactly one final state. */
  R8(Group.COMMANDS),
  /** A member that is null counts as left out. */
  R9(Group.COMMANDS),
  /** Every device carries out device.status, also one that is away. */
  R10(Group.COMMANDS),
  /** The commands of a device are carried out in the order in which they came. */
  R11(Group.COMMANDS),
  /** An agent command is answered while commands of a device wait. */
  R12(Group.COMMANDS),
  /** Replies come on the response topic of the command, not retained. */
  R13(Group.REPLIES),
  /**
   * Correlation Data comes back unchanged in every reply, and is absent if the command had none.
   */
  R14(Group.REPLIES),
  /** The id and the case of the command stand in every reply. */
  R15(Group.REPLIES),
  /** Every reply is of its JSON Schema. */
  R16(Group.REPLIES),
  /** A succeeded reply has a result of the schema of its operation, and no error. */
  R17(Group.REPLIES),
  /** A failed, expired, rejected or unknown reply has an error, and no result. */
  R18(Group.REPLIES),
  /** The final reply of a command that ran has its times. */
  R19(Group.REPLIES),
  /**
   * A repeat of a finished command gets the final reply that was stored, and is not carried out
   * again.
   */
  R20(Group.REPEATS),
  /** The reply to a repeat has the Correlation Data of the repeat. */
  R21(Group.REPEATS),
  /** A repeat of a command that waits or runs joins it: it is carried out once. */
  R22(Group.REPEATS),
  /** Another content under a known id is rejected with CONFLICT. */
  R23(Group.REPEATS),
  /** A CONFLICT does not disturb the first command of that id. */
  R24(Group.REPEATS),
  /** The same content written in another order of members is a repeat. */
  R25(Group.REPEATS),
  /** The same id of another client is another command. */
  R26(Group.REPEATS),
  /** An id that was rejected with UNKNOWN_DEVICE may be used again. */
  R27(Group.REPEATS),
  /** agent.cancel of an id that the client never used answers NOT_FOUND. */
  R28(Group.CANCEL),
  /** agent.cancel of a command that has ended answers TOO_LATE. */
  R29(Group.CANCEL),
  /** agent.cancel of a waiting command answers CANCELLED, and the command ends cancelled. */
  R30(Group.CANCEL),
  /** agent.cancel answers after the final reply of the command that it ends. */
  R31(Group.CANCEL),
  /** agent.cancel of another client's command answers NOT_FOUND and leaves it alone. */
  R32(Group.CANCEL),
  /** After a cancelled command its device carries out the next one. */
  R33(Group.CANCEL),
  /** A command whose message expiry passes before its turn ends expired and is not carried out. */
  R34(Group.EXPIRY),
  /** A command that runs ends at the latest ten seconds after its timeout. */
  R35(Group.EXPIRY),
  /** A timeout that is not above PT0S or is above PT15M is rejected. */
  R36(Group.EXPIRY),
  /** A document of up to 48 KiB travels in the reply, a larger one as a blob. */
  R37(Group.BLOBS),
  /**
   * The pieces of a blob come after the reply that names it, numbered from 0 and all of one size
   * but the last.
   */
  R38(Group.BLOBS),
  /** The pieces of a blob together have its size and SHA-256. */
  R39(Group.BLOBS),
  /** agent.resend sends the pieces that it names again. */
  R40(Group.BLOBS),
  /** agent.resend of a blob that is released or unknown, or of another client, fails with GONE. */
  R41(Group.BLOBS),
  /** agent.release tells whether there was such a document. */
  R42(Group.BLOBS),
  /** agent.received names the pieces of an upload that are missing. */
  R43(Group.BLOBS),
  /** Pieces of an upload may come in any order and more than once. */
  R44(Group.BLOBS),
  /** A message that is no command in JSON is rejected with MALFORMED. */
  R45(Group.REFUSALS),
  /**
   * An unknown member of a command or of its parameters is rejected, and the detail has its path.
   */
  R46(Group.REFUSALS),
  /** A member that stands twice is rejected. */
  R47(Group.REFUSALS),
  /** Parameters that break their JSON Schema are rejected with INVALID_PARAMETERS. */
  R48(Group.REFUSALS),
  /** A message above 128 KiB is rejected with TOO_LARGE. */
  R49(Group.REFUSALS),
  /** A retained command is rejected with RETAINED. */
  R50(Group.REFUSALS),
  /** A command for a device that the point has not is rejected with UNKNOWN_DEVICE. */
  R51(Group.REFUSALS),
  /** An operation that the device does not offer is rejected with UNSUPPORTED. */
  R52(Group.REFUSALS),
  /** A command beyond the queue that the device announces is rejected with BUSY. */
  R53(Group.REFUSALS),
  /**
   * A command without a response topic of its point is dropped without a reply, and the point goes
   * on.
   */
  R54(Group.REFUSALS),
  /**
   * agent.describe gives the schemas of every operation that the retained documents name, by their
   * digests.
   */
  R55(Group.DESCRIBE),
  /** A digest is the SHA-256 of its entry in canonical JSON. */
  R56(Group.DESCRIBE),
  /** agent.describe without a device also gives the operations of the agent. */
  R57(Group.DESCRIBE);

  /** What a rule is about. */
  public enum Group {
    /** Whether a point is there, and its retained documents. */
    PRESENCE,
    /** What becomes of a command. */
    COMMANDS,
    /** The form of replies. */
    REPLIES,
    /** The same id again. */
    REPEATS,
    /** Ending a command. */
    CANCEL,
    /** Waiting and running too long. */
    EXPIRY,
    /** Large documents, both ways. */
    BLOBS,
    /** What is not taken. */
    REFUSALS,
    /** What the point says of its operations. */
    DESCRIBE;

    /** The group as people read it. */
    public String text(Locale locale) {
      return Words.of(Rule.class, locale).text(name());
    }
  }

  private final Group group;

  Rule(Group group) {
    this.group = group;
  }

  /** What it is about. */
  public Group group() {
    return group;
  }

  /** The rule in a sentence. */
  public String text(Locale locale) {
    return Words.of(Rule.class, locale).text(name());
  }
}
