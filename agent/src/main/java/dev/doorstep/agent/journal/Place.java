package dev.doorstep.agent.journal;

/** What sealed bytes are bound to: whose they are and what they are. */
enum Place {
  BODY,
  REPLY,
  CORRELATION,
  CASE;

  String of(CommandKey key) {
    return key.client() + "/" + key.id() + "/" + name();
  }

  static String ofEvent(String id) {
    return "event/" + id;
  }
}
