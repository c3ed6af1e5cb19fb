package dev.doorstep.agent.demo;

import dev.doorstep.protocol.Content;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.State;
import dev.doorstep.protocol.Words;
import dev.doorstep.protocol.center.CallFailedException;
import dev.doorstep.protocol.center.CallOptions;
import dev.doorstep.protocol.operation.AskEvaluation;
import dev.doorstep.protocol.operation.CaptureDocument;
import dev.doorstep.protocol.operation.CapturedDocument;
import dev.doorstep.protocol.operation.Evaluation;
import dev.doorstep.protocol.operation.IdCard;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.protocol.operation.TicketLine;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.Ticket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * A whole visit at a virtual point: card, document, ticket, evaluation. A step that fails is told,
 * and the rest goes on.
 */
public final class Visit {
  private static final String CASE = "2026-0042";
  private static final String PHOTO = "photo.wlt";
  private static final String PAGE = "page.jpg";
  private static final String TICKET = "ticket.png";
  private static final long CARD = 42;
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final VirtualPoint point;
  private final Path folder;
  private final Words words;
  private final boolean cardComes;

  /**
   * A visit.
   *
   * @param folder where it leaves its files; made if it is not there
   * @param locale the language of the ticket and of the pad
   * @param cardComes whether the resident places a card
   */
  public Visit(VirtualPoint point, Path folder, Locale locale, boolean cardComes) {
    this.point = point;
    this.folder = folder;
    this.words = Words.of(Visit.class, locale);
    this.cardComes = cardComes;
  }

  /**
   * Makes the visit.
   *
   * @param begun hears the operation that begins
   * @param done hears of each step when it is done
   * @return all steps
   * @throws IOException if the files cannot be written
   */
  public List<Step> make(Consumer<String> begun, Consumer<Step> done)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    for (String earlier : List.of(PHOTO, PAGE, TICKET)) {
      Files.deleteIfExists(folder.resolve(earlier));
    }
    List<Step> steps = new ArrayList<>();
    for (Step.Plan<?> plan : plans()) {
      begun.accept(plan.operation().type().name());
      Step step = carryOut(plan);
      steps.add(step);
      done.accept(step);
    }
    return steps;
  }

  private List<Step.Plan<?>> plans() {
    return List.of(
        new Step.Plan<>("reader", new ReadIdCard(PATIENCE), this::placeCard, this::card),
        new Step.Plan<>(
            "camera", new CaptureDocument(CaptureDocument.Format.JPEG), () -> {}, this::page),
        new Step.Plan<>("printer", ticket(), () -> {}, this::printed),
        new Step.Plan<>(
            "pad",
            new AskEvaluation(Optional.of(words.text("item")), Optional.of("007"), PATIENCE),
            () -> {},
            this::evaluated));
  }

  private <R> Step carryOut(Step.Plan<R> plan) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    CallOptions options =
        CallOptions.of(PATIENCE.plusSeconds(1))
            .withCase(CASE)
            .withUpdates(
                update -> {
                  if (update.state().is(State.RUNNING)) {
                    plan.meanwhile().run();
                  }
                });
    CompletableFuture<R> answer =
        point
            .center()
            .point(VirtualPoint.POINT)
            .call(plan.device(), plan.operation(), options)
            .toCompletableFuture();
    String operation = plan.operation().type().name();
    try {
      Step.Yield yield = plan.use().of(answer.get());
      return new Step(
          operation,
          plan.device(),
          OpenEnum.of(State.SUCCEEDED),
          since(begun),
          yield.read(),
          yield.files(),
          Optional.empty());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CallFailedException failed) {
        return new Step(
            operation,
            plan.device(),
            failed.state(),
            since(begun),
            Map.of(),
            List.of(),
            failed.problem());
      }
      throw new IOException(operation + " ended without a reply: " + e.getCause(), e);
    }
  }

  private void placeCard() {
    if (cardComes) {
      point.counter().reader().place(ResidentCard.generated(CARD));
    }
  }

  private PrintTicket ticket() {
    return new PrintTicket(
        List.of(
            TicketLine.text(words.text("ticket.title"), TicketLine.Align.CENTER, 2),
            TicketLine.text(words.text("item"), TicketLine.Align.CENTER, 1),
            TicketLine.text("A042", TicketLine.Align.CENTER, 4),
            TicketLine.text(words.text("ticket.case", CASE)),
            TicketLine.qr("https://doorstep.example/case/" + CASE)),
        PrintTicket.Cut.PARTIAL);
  }

  private Step.Yield card(IdCard card) throws IOException, InterruptedException {
    Map<String, String> read = new LinkedHashMap<>();
    read.put("type", card.type().text());
    card.name().ifPresent(name -> read.put("name", name));
    card.sex().ifPresent(sex -> read.put("sex", sex.text()));
    card.nation().flatMap(IdCard.Nation::name).ifPresent(nation -> read.put("nation", nation));
    card.birthDate().ifPresent(date -> read.put("birthDate", date.toString()));
    card.number().ifPresent(number -> read.put("number", number));
    card.address().ifPresent(address -> read.put("address", address));
    card.validUntil().ifPresent(until -> read.put("validUntil", until));
    List<Path> files = new ArrayList<>();
    if (card.photo().isPresent()) {
      files.add(save(PHOTO, card.photo().get()));
    }
    return new Step.Yield(read, files);
  }

  private Step.Yield page(CapturedDocument page) throws IOException, InterruptedException {
    return new Step.Yield(
        Map.of("size", page.width() + " × " + page.height()), List.of(save(PAGE, page.content())));
  }

  /** The ticket as it lies in the printer's tray. */
  private Step.Yield printed(Printed printed) throws IOException {
    List<Ticket> tickets = point.counter().printer().tickets();
    Path file = folder.resolve(TICKET);
    ImageIO.write(tickets.get(tickets.size() - 1).image(), "png", file.toFile());
    return new Step.Yield(Map.of("state", printed.state().text()), List.of(file));
  }

  private Step.Yield evaluated(Evaluation evaluation) {
    Map<String, String> read = new LinkedHashMap<>();
    read.put("answer", evaluation.answer().text());
    evaluation.level().ifPresent(level -> read.put("level", level.text()));
    return new Step.Yield(read, List.of());
  }

  private Path save(String name, Content content) throws IOException, InterruptedException {
    try {
      byte[] bytes = point.center().fetch(content).toCompletableFuture().get();
      return Files.write(folder.resolve(name), bytes);
    } catch (ExecutionException e) {
      throw new IOException(name + " did not arrive: " + e.getCause(), e);
    }
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
