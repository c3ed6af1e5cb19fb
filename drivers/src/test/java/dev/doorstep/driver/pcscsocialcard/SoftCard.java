package dev.doorstep.driver.pcscsocialcard;

import com.licel.jcardsim.base.Simulator;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import javacard.framework.AID;

/** A Java Card in software with a {@link SocialCardApplet}. */
final class SoftCard implements UnaryOperator<byte[]> {
  private static final byte[] APPLICATION =
      HexFormat.of().parseHex("7378312E73682EC9E7BBE1B1A3D5CF");

  private final Simulator simulator = new Simulator();

  SoftCard(byte habit, GeneratedCard records) {
    byte[] of = records.bytes();
    byte[] parameters = new byte[of.length + 1];
    parameters[0] = habit;
    System.arraycopy(of, 0, parameters, 1, of.length);
    byte[] install = new byte[1 + APPLICATION.length + 1 + 1 + parameters.length];
    install[0] = (byte) APPLICATION.length;
    System.arraycopy(APPLICATION, 0, install, 1, APPLICATION.length);
    install[APPLICATION.length + 2] = (byte) parameters.length;
    System.arraycopy(parameters, 0, install, APPLICATION.length + 3, parameters.length);
    AID aid = new AID(APPLICATION, (short) 0, (byte) APPLICATION.length);
    simulator.installApplet(aid, SocialCardApplet.class, install, (short) 0, (byte) install.length);
  }

  @Override
  public synchronized byte[] apply(byte[] command) {
    return simulator.transmitCommand(command);
  }
}
