package dev.doorstep.driver;

import dev.doorstep.protocol.Effect;
import dev.doorstep.protocol.Operation;
import java.util.List;
import java.util.function.Consumer;

/**
 * An operation that a driver's contract carries out.
 *
 * @param parameters its parameters
 * @param check throws if the result is not what it should be
 * @param secrets texts of a person, which no error may tell
 * @param clocked whether it takes as long as it was told to, however fast the device answers: it is
 *     carried out less often then, and another sample is to show what comes over the wire in detail
 * @param farewell so many bytes come when the result is there already, and stands without them
 * @param early whether the result may be there, on a busy machine, before all that usually comes
 */
public record Sample<P extends Operation<R>, R>(
    P parameters,
    Consumer<R> check,
    List<String> secrets,
    boolean clocked,
    int farewell,
    boolean early) {
  /** Copies the secrets. */
  public Sample {
    secrets = List.copyOf(secrets);
  }

  /** A sample without personal data. */
  public static <P extends Operation<R>, R> Sample<P, R> of(P parameters, Consumer<R> check) {
    return new Sample<>(parameters, check, List.of(), false, 0, false);
  }

  /** The same with texts that no error may tell. */
  public Sample<P, R> keeping(String... texts) {
    return new Sample<>(parameters, check, List.of(texts), clocked, farewell, early);
  }

  /** The same, which takes as long as it was told to. */
  public Sample<P, R> byTheClock() {
    return new Sample<>(parameters, check, secrets, true, farewell, early);
  }

  /** The same, whose result is there before so many bytes of a last answer. */
  public Sample<P, R> before(int bytes) {
    return new Sample<>(parameters, check, secrets, clocked, bytes, early);
  }

  /** The same, which waits for more only as long as it has time, and then takes what it has. */
  public Sample<P, R> inTime() {
    return new Sample<>(parameters, check, secrets, clocked, farewell, true);
  }

  /** Has an open device carry it out, and checks the result. */
  void carryOut(Device device, Call call) throws DeviceException {
    Operations.Entry<?, ?> entry = device.operations().find(parameters.type().name()).orElseThrow();
    @SuppressWarnings("unchecked") // the table keys its handlers by the type's name
    Handler<P, R> handler = (Handler<P, R>) entry.handler();
    check.accept(handler.handle(parameters, call));
  }

  /** What it does to the world, as an open device tells. */
  Effect effect(Device device) {
    Operations.Entry<?, ?> entry = device.operations().find(parameters.type().name()).orElseThrow();
    @SuppressWarnings("unchecked") // the table keys its effects by the type's name
    Operations.Entry<P, R> own = (Operations.Entry<P, R>) entry;
    return own.effect().apply(parameters);
  }
}
