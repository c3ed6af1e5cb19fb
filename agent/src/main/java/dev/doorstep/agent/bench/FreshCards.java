package dev.doorstep.agent.bench;

import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.SamReader;
import dev.doorstep.simulator.device.Wire;
import dev.doorstep.simulator.device.WireDevice;

/**
 * An ID-card reader on which a card is placed anew whenever one is looked for, so that each reading
 * is a whole one: find, select, read.
 */
final class FreshCards implements WireDevice {
  private static final int COMMAND = 7;
  private static final int FIND = 0x2001;

  private final SamReader reader = new SamReader();
  private final ResidentCard card;

  FreshCards(ResidentCard card) {
    this.card = card;
  }

  @Override
  public void connected(Wire wire) {
    reader.connected(wire);
  }

  @Override
  public void received(byte[] bytes, Wire wire) {
    boolean find =
        bytes.length > COMMAND + 1
            && ((bytes[COMMAND] & 0xFF) << 8 | (bytes[COMMAND + 1] & 0xFF)) == FIND;
    if (find) {
      reader.place(card);
    }
    reader.received(bytes, wire);
  }

  @Override
  public void disconnected(Wire wire) {
    reader.disconnected(wire);
  }
}
