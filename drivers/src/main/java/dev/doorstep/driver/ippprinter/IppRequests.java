package dev.doorstep.driver.ippprinter;

import com.hp.jipp.encoding.Attribute;
import com.hp.jipp.encoding.AttributeGroup;
import com.hp.jipp.encoding.IppPacket;
import com.hp.jipp.encoding.Tag;
import com.hp.jipp.model.Operation;
import com.hp.jipp.model.Types;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The requests to a printer. */
final class IppRequests {
  /** Every printer of RFC 8011 takes it; those of 2.0 do, too. */
  private static final int VERSION = 0x0101;

  private final URI printer;

  IppRequests(URI printer) {
    this.printer = printer;
  }

  /** Get-Printer-Attributes, of the attributes named. */
  IppPacket describe(List<String> names) {
    return packet(
        Operation.getPrinterAttributes, List.of(Types.requestedAttributes.of(names)), List.of());
  }

  /** Validate-Job. */
  IppPacket validate(String format, List<Attribute<?>> template) {
    return packet(Operation.validateJob, job(Types.documentFormat.of(format)), template);
  }

  /** Create-Job; its document follows by {@link #send}. */
  IppPacket create(List<Attribute<?>> template) {
    return packet(Operation.createJob, job(), template);
  }

  /** Send-Document, the only one of its job. */
  IppPacket send(int id, String format) {
    return packet(
        Operation.sendDocument,
        List.of(
            Types.jobId.of(id),
            user(),
            Types.documentFormat.of(format),
            Types.lastDocument.of(true)),
        List.of());
  }

  /** Print-Job, with its document behind it. */
  IppPacket print(String format, List<Attribute<?>> template) {
    return packet(Operation.printJob, job(Types.documentFormat.of(format)), template);
  }

  /** Get-Job-Attributes, of those that tell how it goes. */
  IppPacket follow(int id) {
    return packet(
        Operation.getJobAttributes,
        List.of(Types.jobId.of(id), user(), Types.requestedAttributes.of(JobProgress.NAMES)),
        List.of());
  }

  /** Cancel-Job. */
  IppPacket cancel(int id) {
    return packet(Operation.cancelJob, List.of(Types.jobId.of(id), user()), List.of());
  }

  /** Says who asks; the name tells nothing of the document, since queues show it to everybody. */
  private static List<Attribute<?>> job(Attribute<?>... more) {
    List<Attribute<?>> attributes =
        new ArrayList<>(
            List.of(user(), Types.jobName.of("Doorstep"), Types.ippAttributeFidelity.of(true)));
    attributes.addAll(List.of(more));
    return attributes;
  }

  /** Whoever made a job may ask for it and cancel it. */
  private static Attribute<?> user() {
    return Types.requestingUserName.of("doorstep");
  }

  private IppPacket packet(
      Operation operation, List<Attribute<?>> attributes, List<Attribute<?>> template) {
    List<Attribute<?>> first = new ArrayList<>();
    first.add(Types.attributesCharset.of("utf-8"));
    first.add(Types.attributesNaturalLanguage.of("en"));
    first.add(Types.printerUri.of(printer));
    first.addAll(attributes);
    List<AttributeGroup> groups = new ArrayList<>();
    groups.add(AttributeGroup.groupOf(Tag.operationAttributes, first));
    if (!template.isEmpty()) {
      groups.add(AttributeGroup.groupOf(Tag.jobAttributes, template));
    }
    return new IppPacket(VERSION, operation.getCode(), 1, groups);
  }
}
