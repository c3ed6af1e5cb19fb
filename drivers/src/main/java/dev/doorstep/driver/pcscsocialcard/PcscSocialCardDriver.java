package dev.doorstep.driver.pcscsocialcard;

import dev.doorstep.driver.Device;
import dev.doorstep.driver.DeviceContext;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.Driver;
import dev.doorstep.driver.DriverInfo;
import dev.doorstep.protocol.ErrorCode;
import java.util.Set;

/**
 * The driver {@code pcsc-social-card}: social-security cards in the readers of the system's PC/SC
 * service. The connection {@code pcsc:NAME} names a reader, or the beginning of its name; {@code
 * pcsc:*} is whichever has a card.
 */
public final class PcscSocialCardDriver implements Driver {
  private static final DriverInfo INFO =
      new DriverInfo("pcsc-social-card", "social-card-reader", Set.of("pcsc"), Set.of());

  /** For the service loader. */
  public PcscSocialCardDriver() {}

  @Override
  public DriverInfo info() {
    return INFO;
  }

  @Override
  public Device open(DeviceContext context) throws DeviceException {
    PcscSession session = PcscSession.begin();
    try {
      context.transports().own(session);
      CardSlots slots = new CardSlots(session, context.settings().connection().address());
      slots.demandReader(context.deadline());
      return new SocialCardReader(session, slots, context.locale());
    } catch (DeviceException e) {
      boolean cut = session.closed(); // by the lane, or because it took too long
      session.close();
      throw e.code() == ErrorCode.DISCONNECTED && !cut ? notThere(e) : e;
    }
  }

  private static DeviceException notThere(DeviceException e) {
    return new DeviceException(
        ErrorCode.NOT_CONNECTED,
        e.getMessage() + "; start the PC/SC service (pcscd) and plug a reader in",
        e);
  }
}
