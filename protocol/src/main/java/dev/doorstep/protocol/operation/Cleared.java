package dev.doorstep.protocol.operation;

/**
 * The result of {@code screen.clear}.
 *
 * @param cleared whether anything was shown
 */
public record Cleared(boolean cleared) {}
