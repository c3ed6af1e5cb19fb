package dev.doorstep.protocol.operation;

/**
 * The result of {@code agent.release}.
 *
 * @param released whether there was such a document
 */
public record Released(boolean released) {}
