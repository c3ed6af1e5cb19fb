package dev.doorstep.driver.eloamcamera;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message of the service. Its value may be a picture of megabytes and may stand before the name
 * of the function, so it is passed over at first, and read once somebody wants it.
 *
 * @param function what it is about
 * @param ret how it went; 0 if it does not say
 * @param number its value, if that is a number
 * @param bytes the whole message
 */
record ServiceMessage(String function, int ret, OptionalInt number, MessageBytes bytes) {
  private static final String VALUE = "value";
  private static final int LONGEST_TEXT = 4096;
  private static final int LONGEST_NAME = 64;

  /**
   * Reads a message.
   *
   * @throws DeviceException {@code GARBLED} if it is none
   */
  static ServiceMessage of(MessageBytes bytes) throws DeviceException {
    try (InputStream in = bytes.open();
        JsonParser json = JsonMapper.shared().createParser(in)) {
      String function = "";
      int ret = 0;
      OptionalInt number = OptionalInt.empty();
      begin(json);
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = json.currentName();
        JsonToken kind = json.nextToken();
        if (name.equals("function") && kind == JsonToken.VALUE_STRING) {
          function = json.getString();
        } else if (name.equals("ret") && kind == JsonToken.VALUE_NUMBER_INT) {
          ret = json.getIntValue();
        } else if (name.equals(VALUE) && kind == JsonToken.VALUE_NUMBER_INT) {
          number = OptionalInt.of(json.getIntValue());
        } else {
          json.skipChildren();
        }
      }
      demand(json.currentToken() == JsonToken.END_OBJECT && function.length() <= LONGEST_NAME);
      return new ServiceMessage(function, ret, number, bytes);
    } catch (JacksonException | IOException e) {
      throw garbled(e);
    }
  }

  /**
   * Its value as a short text.
   *
   * @throws DeviceException {@code GARBLED} if it has none
   */
  String text() throws DeviceException {
    demand(bytes.size() <= LONGEST_TEXT);
    try (InputStream in = bytes.open();
        JsonParser json = value(in)) {
      return json.getString();
    } catch (JacksonException | IOException e) {
      throw garbled(e);
    }
  }

  /**
   * Writes its value, which is a picture in base64.
   *
   * @throws DeviceException {@code GARBLED} if it has none
   * @throws IOException if it cannot be written
   */
  void picture(OutputStream out) throws DeviceException, IOException {
    try (InputStream in = bytes.open();
        JsonParser json = value(in)) {
      json.readBinaryValue(out);
    } catch (JacksonException e) {
      throw garbled(e);
    }
  }

  private JsonParser value(InputStream in) throws DeviceException {
    JsonParser json = JsonMapper.shared().createParser(in);
    begin(json);
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      JsonToken kind = json.nextToken();
      if (name.equals(VALUE) && kind == JsonToken.VALUE_STRING) {
        return json;
      }
      json.skipChildren();
    }
    throw new DeviceException(ErrorCode.GARBLED, function + ": the answer has no value");
  }

  private static void begin(JsonParser json) throws DeviceException {
    demand(json.nextToken() == JsonToken.START_OBJECT);
  }

  private static void demand(boolean holds) throws DeviceException {
    if (!holds) {
      throw new DeviceException(ErrorCode.GARBLED, "a message that is not of the service's form");
    }
  }

  /** The parser's words hold what came, which may be of a person: not repeated. */
  private static DeviceException garbled(Exception e) {
    return new DeviceException(
        ErrorCode.GARBLED, "a message that is no JSON: " + e.getClass().getSimpleName());
  }
}
