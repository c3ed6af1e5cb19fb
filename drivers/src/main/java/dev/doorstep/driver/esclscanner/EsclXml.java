package dev.doorstep.driver.esclscanner;

import dev.doorstep.driver.DeviceException;
import dev.doorstep.protocol.ErrorCode;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of what a scanner tells, by its local name: scanners differ in their prefixes, and
 * some in the namespaces. Not mutable once it was read.
 */
final class EsclXml {
  private static final int DEEPEST = 32;
  private static final int MOST_ELEMENTS = 20_000;
  private static final int LONGEST_TEXT = 1024;

  private final String name;
  private final List<EsclXml> children = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  private EsclXml(String name) {
    this.name = name;
  }

  /**
   * Reads a document whose size the caller has bounded. Declarations of types are refused, and with
   * them entities; nothing else is ever loaded.
   *
   * @throws DeviceException {@code GARBLED} if it is none
   */
  static EsclXml parse(byte[] document) throws DeviceException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(document));
      try {
        EsclXml outside = new EsclXml("");
        List<EsclXml> open = new ArrayList<>(List.of(outside));
        int elements = 0;
        while (reader.hasNext()) {
          EsclXml current = open.get(open.size() - 1);
          switch (reader.next()) {
            case XMLStreamConstants.START_ELEMENT -> {
              elements++;
              if (open.size() > DEEPEST || elements > MOST_ELEMENTS) {
                throw garbled("more than " + DEEPEST + " levels or " + MOST_ELEMENTS + " elements");
              }
              EsclXml child = new EsclXml(reader.getLocalName());
              current.children.add(child);
              open.add(child);
            }
            case XMLStreamConstants.END_ELEMENT -> open.remove(open.size() - 1);
            case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> current.add(reader);
            case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                throw garbled("it declares types or entities");
            default -> {} // comments and the like
          }
        }
        return outside.children.get(0);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException | RuntimeException e) {
      // the parser's words hold what came; the JDK's throws more than it says
      throw new DeviceException(
          ErrorCode.GARBLED, "eSCL: no XML: " + e.getClass().getSimpleName(), e);
    }
  }

  private void add(XMLStreamReader reader) {
    int room = LONGEST_TEXT - text.length();
    text.append(
        reader.getTextCharacters(), reader.getTextStart(), Math.min(room, reader.getTextLength()));
  }

  /** What it is. */
  String name() {
    return name;
  }

  /** Its text without the space around it, at most 1 024 characters. */
  String text() {
    return text.toString().strip();
  }

  /** The elements of a name, at any depth below this one, in their order. */
  Stream<EsclXml> all(String wanted) {
    return children.stream()
        .flatMap(
            child ->
                Stream.concat(
                    child.name.equals(wanted) ? Stream.of(child) : Stream.empty(),
                    child.all(wanted)));
  }

  /** The first of these. */
  Optional<EsclXml> first(String wanted) {
    return all(wanted).findFirst();
  }

  /** Its number, if it is one from 0 to 999 999 999. */
  Optional<Integer> number() {
    return Optional.of(text()).filter(t -> t.matches("[0-9]{1,9}")).map(Integer::valueOf);
  }

  private static DeviceException garbled(String what) {
    return new DeviceException(ErrorCode.GARBLED, "eSCL: unacceptable XML: " + what);
  }
}
