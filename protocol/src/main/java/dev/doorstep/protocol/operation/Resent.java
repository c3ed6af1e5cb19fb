package dev.doorstep.protocol.operation;

/**
 * The result of {@code agent.resend}.
 *
 * @param pieces how many pieces are on their way
 */
public record Resent(int pieces) {}
