package dev.doorstep.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.doorstep.protocol.constraint.Also;
import dev.doorstep.protocol.constraint.Bounds;
import dev.doorstep.protocol.constraint.Defaulted;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a point is; retained.
 *
 * @param name its name for people
 * @param address where it is, for people
 * @param area the area's code (GB/T 2260), six digits
 * @param location longitude and latitude in degrees (WGS 84); empty if unknown
 * @param hours opening hours, as in OpenStreetMap's {@code opening_hours}
 * @param record whether the point is in service
 * @param since when the agent started, by the point's clock
 * @param version the agent's version
 * @param session the agent's session that says so
 * @param devices the names of its devices
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Also(
    """
    {"allOf":[{"properties":{"location":
      {"anyOf":[{"type":"null"},{"maxItems":0},{"minItems":2}]}}}]}
    """)
public record PointAbout(
    Optional<String> name,
    Optional<String> address,
    Optional<String> area,
    @Defaulted("[]") @Bounds(max = 2) List<Double> location,
    Optional<String> hours,
    OpenEnum<Service> record,
    Instant since,
    String version,
    String session,
    @Defaulted("[]") List<String> devices) {

  /** Checks what must be there, and copies the collections; absent means empty. */
  public PointAbout {
    Objects.requireNonNull(record, "record is missing");
    Objects.requireNonNull(since, "since is missing");
    Objects.requireNonNull(version, "version is missing");
    Objects.requireNonNull(session, "session is missing");
    location = List.copyOf(Objects.requireNonNullElse(location, List.of()));
    devices = List.copyOf(Objects.requireNonNullElse(devices, List.of()));
    if (!location.isEmpty() && location.size() != 2) {
      throw new IllegalArgumentException("location must be longitude and latitude");
    }
  }

  /** Whether a point is in service. */
  public enum Service {
    /** In service. */
    OPEN,
    /** Out of service for a time. */
    SUSPENDED,
    /** Closed for good. */
    CLOSED
  }
}
