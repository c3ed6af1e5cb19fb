package dev.doorstep.driver.samidcard;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.driver.EventSink;
import dev.doorstep.driver.Subject;
import dev.doorstep.protocol.OpenEnum;
import dev.doorstep.protocol.operation.IdCard;
import java.util.Optional;

/** Tells that cards come and go. Nothing of what is on them is told but their kind. */
final class CardWatch {
  private final EventSink events;
  private final CardSlot slot;

  /** The card that was told of last, and is not known to be gone. */
  private Optional<Integer> told = Optional.empty();

  CardWatch(EventSink events, CardSlot slot) {
    this.events = events;
    this.slot = slot;
  }

  /** Looks at what the slot knows now, and tells what is new. */
  void look() {
    Optional<Integer> lying = slot.lying();
    if (lying.equals(told)) {
      return;
    }
    if (told.isPresent()) {
      events.publish("card.removed", Subject.PERSON, new Removed());
    }
    if (lying.isPresent()) {
      events.publish("card.placed", Subject.PERSON, new Placed(slot.type()));
    }
    told = lying;
  }

  /**
   * A card was placed.
   *
   * @param type its kind; absent if it could not be read
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Placed(Optional<OpenEnum<IdCard.Type>> type) {}

  /** A card was taken away, or another one lies in its place. */
  record Removed() {}
}
