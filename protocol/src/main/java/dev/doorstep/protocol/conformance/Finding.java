package dev.doorstep.protocol.conformance;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * What was found about one rule.
 *
 * @param rule the rule
 * @param verdict what came out
 * @param expected with BROKEN: what should have come, for engineers, in the contract's own names
 * @param came with BROKEN: what came instead; never holds a result's contents
 * @param reason with NOT_CHECKED: why
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Finding(
    Rule rule,
    Verdict verdict,
    Optional<String> expected,
    Optional<String> came,
    Optional<Reason> reason) {}
