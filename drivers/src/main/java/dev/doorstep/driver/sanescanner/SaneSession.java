package dev.doorstep.driver.sanescanner;

import dev.doorstep.driver.Deadline;
import dev.doorstep.driver.DeviceException;
import dev.doorstep.driver.transport.Patience;
import dev.doorstep.driver.transport.Transport;
import dev.doorstep.driver.transport.Transports;
import dev.doorstep.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session with a daemon, in which one scanner is open. For one thread. */
final class SaneSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SaneSession.class);

  private static final int INIT = 0;
  private static final int OPEN = 2;
  private static final int CLOSE = 3;
  private static final int OPTIONS = 4;
  private static final int CONTROL = 5;
  private static final int PARAMETERS = 6;
  private static final int START = 7;
  private static final int CANCEL = 8;
  private static final int EXIT = 10;

  /** 1.0, the third build of the network protocol. */
  private static final int VERSION = 0x01_00_0003;

  private static final int GET_VALUE = 0;
  private static final int SET_VALUE = 1;
  private static final int RELOAD_OPTIONS = 2;
  private static final int LOW_FIRST = 0x1234;
  private static final int HIGHEST_PORT = 65_535;
  private static final Duration LEAVING = Duration.ofSeconds(3);

  private final SaneAddress address;
  private final Transports transports;
  private final Transport control;
  private final Patience patience;
  private int handle;
  private boolean open;
  private boolean inStep;

  private SaneSession(
      SaneAddress address, Transports transports, Transport control, Patience patience) {
    this.address = address;
    this.transports = transports;
    this.control = control;
    this.patience = patience;
  }

  /**
   * Opens the scanner.
   *
   * @throws DeviceException {@code NOT_CONNECTED} if daemon or scanner are not there, {@code
   *     DEVICE_IN_USE}, {@code ACCESS_DENIED} and the errors of a wire
   */
  static SaneSession open(SaneAddress address, Transports transports, Patience patience)
      throws DeviceException {
    Transport control = transports.open(address.control(), patience.due());
    SaneSession session = new SaneSession(address, transports, control, patience);
    try {
      session.open();
      return session;
    } catch (DeviceException e) {
      session.close();
      throw e;
    }
  }

  private void open() throws DeviceException {
    SaneStatus greeted =
        ask(
            SaneRequest.call(INIT).word(VERSION).string("doorstep"),
            patience,
            reply -> {
              SaneStatus status = SaneStatus.of(reply.word());
              int version = reply.word();
              if (version >>> 24 != VERSION >>> 24) {
                throw garbled("version %08X".formatted(version));
              }
              return status;
            });
    greeted.demandGood("greeting the daemon");
    Opened opened =
        ask(
            SaneRequest.call(OPEN).string(address.device()),
            patience,
            reply -> new Opened(SaneStatus.of(reply.word()), reply.word(), reply.string()));
    demandAuthorized(opened.resource());
    if (opened.status() == SaneStatus.INVAL) {
      throw new DeviceException(
          ErrorCode.NOT_CONNECTED,
          "the daemon has no scanner "
              + address.device()
              + "; see scanimage -L there, and check cable and power");
    }
    opened.status().demandGood("opening the scanner");
    handle = opened.handle();
    open = true;
  }

  private record Opened(SaneStatus status, int handle, String resource) {}

  /** The options of the scanner, as they are now. */
  List<SaneOption> options() throws DeviceException {
    return ask(SaneRequest.call(OPTIONS).word(handle), patience, SaneOption::readAll);
  }

  /**
   * What an option became.
   *
   * @param reload whether other options may have changed
   * @param number its value as it travels, if it is a number
   */
  record Setting(boolean reload, int number) {}

  /** The value of an option of one number, as it travels. */
  int value(SaneOption option) throws DeviceException {
    return control(option, control(option, GET_VALUE).word(1).word(0)).number();
  }

  /** Sets an option of strings. */
  Setting set(SaneOption option, String value) throws DeviceException {
    if (value.length() >= option.size()) {
      throw new DeviceException(ErrorCode.UNSUPPORTED, option.name() + " cannot be " + value);
    }
    return control(option, control(option, SET_VALUE).room(value, option.size()));
  }

  /** Sets an option of one number. */
  Setting set(SaneOption option, double value) throws DeviceException {
    return control(option, control(option, SET_VALUE).word(1).word(option.encoded(value)));
  }

  private SaneRequest control(SaneOption option, int action) {
    return SaneRequest.call(CONTROL)
        .word(handle)
        .word(option.index())
        .word(action)
        .word(option.type().word())
        .word(option.size());
  }

  private Setting control(SaneOption option, SaneRequest request) throws DeviceException {
    record Answer(SaneStatus status, Setting setting, String resource) {}
    Answer answer =
        ask(
            request,
            patience,
            reply -> {
              SaneStatus status = SaneStatus.of(reply.word());
              boolean reload = (reply.word() & RELOAD_OPTIONS) != 0;
              int type = reply.word();
              reply.word(); // the value's size; it is told again
              int number = 0;
              if (type == SaneOption.Type.STRING.word()) {
                reply.string();
              } else if (type < SaneOption.Type.BUTTON.word()) {
                List<Integer> words = reply.words();
                number = words.isEmpty() ? 0 : words.get(0);
              }
              return new Answer(status, new Setting(reload, number), reply.string());
            });
    demandAuthorized(answer.resource());
    answer.status().demandGood("setting or asking for " + option.name());
    return answer.setting();
  }

  /**
   * A page that begins to come.
   *
   * @param data the connection that it comes over
   */
  record Page(SaneParameters parameters, SaneFrame rows, Transport data) implements AutoCloseable {
    @Override
    public void close() {
      data.close();
    }
  }

  /**
   * Has the scanner begin a page.
   *
   * @throws DeviceException {@code NO_DOCUMENT} if the feeder is empty, {@code PAPER_JAM}, {@code
   *     COVER_OPEN} …
   */
  Page start() throws DeviceException {
    record Started(SaneStatus status, int port, int order, String resource) {}
    Started started =
        ask(
            SaneRequest.call(START).word(handle),
            patience,
            reply ->
                new Started(
                    SaneStatus.of(reply.word()), reply.word(), reply.word(), reply.string()));
    demandAuthorized(started.resource());
    started.status().demandGood("starting a page");
    if (started.port() < 1 || started.port() > HIGHEST_PORT) {
      throw garbled("data port %08X".formatted(started.port()));
    }
    Transport data = transports.open(address.data(started.port()), patience.due());
    try {
      SaneParameters parameters =
          ask(SaneRequest.call(PARAMETERS).word(handle), patience, SaneParameters::read);
      boolean lowFirst = started.order() == LOW_FIRST;
      return new Page(parameters, new SaneFrame(data, parameters, lowFirst, patience), data);
    } catch (DeviceException e) {
      data.close();
      throw e;
    }
  }

  /**
   * Ends what the scanner is at, and gives it back: what was scanned counts once that is confirmed,
   * since whoever comes next finds the scanner as it should be then.
   */
  void end() throws DeviceException {
    end(patience);
  }

  private void end(Patience waiting) throws DeviceException {
    open = false;
    ask(SaneRequest.call(CANCEL).word(handle), waiting, SaneReply::word);
    ask(SaneRequest.call(CLOSE).word(handle), waiting, SaneReply::word);
    control.write(SaneRequest.call(EXIT).bytes(), waiting.due());
  }

  /**
   * The same after something went wrong, within some seconds.
   *
   * @return whether the daemon has confirmed it
   */
  boolean leave() {
    if (open && inStep) {
      try {
        end(Patience.until(patience.due().atMost(LEAVING)));
        return true;
      } catch (DeviceException e) {
        LOG.debug("leaving the daemon: {}", e.getMessage());
      }
    }
    return false;
  }

  /** Leaves, and closes the line. */
  @Override
  public void close() {
    leave();
    control.close();
  }

  private interface Parser<T> {
    T read(SaneReply reply) throws DeviceException;
  }

  /** Sends a request and reads its reply; one that was not read to its end ends the session. */
  private <T> T ask(SaneRequest request, Patience waiting, Parser<T> parser)
      throws DeviceException {
    inStep = false;
    Deadline deadline = waiting.due();
    control.write(request.bytes(), deadline);
    SaneReply reply = new SaneReply(control, waiting);
    T answer = parser.read(reply);
    reply.end();
    inStep = true;
    return answer;
  }

  private static void demandAuthorized(String resource) throws DeviceException {
    if (!resource.isEmpty()) {
      throw new DeviceException(
          ErrorCode.ACCESS_DENIED, "the daemon demands a password; allow this point in saned.conf");
    }
  }

  private static DeviceException garbled(String what) {
    return new DeviceException(ErrorCode.GARBLED, "SANE: " + what);
  }
}
