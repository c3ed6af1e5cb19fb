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
import dev.doorstep.protocol.operation.ConfirmOnScreen;
import dev.doorstep.protocol.operation.Confirmation;
import dev.doorstep.protocol.operation.Evaluation;
import dev.doorstep.protocol.operation.IdCard;
import dev.doorstep.protocol.operation.PrintTicket;
import dev.doorstep.protocol.operation.Printed;
import dev.doorstep.protocol.operation.ReadIdCard;
import dev.doorstep.protocol.operation.ShowOnScreen;
import dev.doorstep.protocol.operation.SignOnScreen;
import dev.doorstep.protocol.operation.Signature;
import dev.doorstep.protocol.operation.TicketLine;
import dev.doorstep.simulator.device.DocumentPage;
import dev.doorstep.simulator.device.ResidentCard;
import dev.doorstep.simulator.device.Ticket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.function.Supplier;
import javax.imageio.ImageIO;

/**
 * A whole visit at a virtual point: card, document, confirmation, signature, ticket, evaluation. A
 * step that fails is told, and the rest goes on.
 */
public final class Visit {
  private static final String CASE = "2026-0042";
  private static final String PHOTO = "photo.wlt";
  private static final String PAGE = "page.jpg";
  private static final String TICKET = "ticket.png";
  private static final long CARD = 42;
  private static final String SIGNATURE = "signature.png";
  private static final Duration PATIENCE = Duration.ofSeconds(4);

  /** What looks into a document is a process of its own, which an old machine starts slowly. */
  private static final Duration DOCUMENT = Duration.ofSeconds(20);

  private final VirtualPoint point;
  private final Path folder;
  private final Words words;
  private final boolean cardComes;
  private Optional<String> name = Optional.empty();
  private int asked;

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
    for (String earlier : List.of(PHOTO, PAGE, TICKET, SIGNATURE)) {
      Files.deleteIfExists(folder.resolve(earlier));
    }
    List<Step> steps = new ArrayList<>();
    for (Supplier<Step.Plan<?>> next : plans()) {
      Step.Plan<?> plan = next.get();
      begun.accept(plan.operation().type().name());
      Step step = carryOut(plan);
      steps.add(step);
      done.accept(step);
    }
    return steps;
  }

  /**
   * Asks whoever sits before the page, in turn: to confirm, to sign, and for an evaluation with
   * reasons and a text.
   *
   * @param patience for the answer
   */
  public Step ask(Duration patience) throws IOException, InterruptedException {
    AskEvaluation question =
        new AskEvaluation(
            Optional.of(CASE),
            Optional.of(words.text("item")),
            Optional.empty(),
            Optional.of("007"),
            true,
            true,
            patience);
    List<Step.Plan<?>> turns =
        List.of(
            confirm(patience),
            sign(patience),
            new Step.Plan<>("pad", question, after(patience), () -> {}, this::evaluated));
    Step step = carryOut(turns.get(asked % turns.size()));
    asked += step.failed() ? 0 : 1;
    return step;
  }

  private List<Supplier<Step.Plan<?>>> plans() {
    Duration usual = after(PATIENCE);
    return List.of(
        () ->
            new Step.Plan<>("reader", new ReadIdCard(PATIENCE), usual, this::placeCard, this::card),
        () ->
            new Step.Plan<>(
                "camera",
                CaptureDocument.plain(CaptureDocument.Format.JPEG),
                usual,
                () -> {},
                this::page),
        () -> confirm(PATIENCE),
        () -> sign(PATIENCE),
        () -> new Step.Plan<>("printer", ticket(), usual, () -> {}, this::printed),
        () ->
            new Step.Plan<>(
                "pad",
                ShowOnScreen.text(words.text("ticket.title"), words.text("take")),
                usual,
                () -> {},
                shown -> new Step.Yield(Map.of(), List.of())),
        () ->
            new Step.Plan<>(
                "pad",
                AskEvaluation.plain(Optional.of(words.text("item")), Optional.of("007"), PATIENCE),
                usual,
                () -> {},
                this::evaluated));
  }

  private static Duration after(Duration patience) {
    return patience.plusSeconds(1);
  }

  private Step.Plan<Confirmation> confirm(Duration patience) {
    List<ConfirmOnScreen.Field> fields = new ArrayList<>();
    name.ifPresent(it -> fields.add(new ConfirmOnScreen.Field(words.text("confirm.name"), it)));
    fields.add(new ConfirmOnScreen.Field(words.text("confirm.item"), words.text("item")));
    fields.add(new ConfirmOnScreen.Field(words.text("confirm.case"), CASE));
    return new Step.Plan<>(
        "pad",
        ConfirmOnScreen.fields(words.text("confirm.title"), fields, patience),
        after(patience),
        () -> {},
        said -> new Step.Yield(Map.of("answer", said.answer().text()), List.of()));
  }

  private Step.Plan<Signature> sign(Duration patience) {
    return new Step.Plan<>(
        "pad",
        SignOnScreen.document(words.text("sign.title"), form(), patience),
        patience.plus(DOCUMENT),
        () -> {},
        this::signed);
  }

  /** The form that is signed: the page that lies under the camera. */
  private static Content form() {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    try {
      ImageIO.write(DocumentPage.specimen().onDesk(), "jpeg", jpeg);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Content.of("image/jpeg", jpeg.toByteArray());
  }

  private Step.Yield signed(Signature signature) throws IOException, InterruptedException {
    List<Path> files = new ArrayList<>();
    if (signature.png().isPresent()) {
      files.add(save(SIGNATURE, signature.png().get()));
    }
    return new Step.Yield(Map.of("answer", signature.answer().text()), files);
  }

  private <R> Step carryOut(Step.Plan<R> plan) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    CallOptions options =
        CallOptions.of(plan.time())
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
    name = card.name();
    name.ifPresent(it -> read.put("name", it));
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
    evaluation
        .reasons()
        .filter(codes -> !codes.isEmpty())
        .ifPresent(codes -> read.put("reasons", String.join(" ", codes)));
    evaluation.comment().ifPresent(text -> read.put("comment", text));
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
