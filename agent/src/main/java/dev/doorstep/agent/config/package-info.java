/**
 * The configuration of a point, {@code doorstep.yaml}, read into records.
 *
 * <p>An unknown key or a bad value fails with file, line and column; nothing is guessed.
 */
@NullMarked
package dev.doorstep.agent.config;

import org.jspecify.annotations.NullMarked;
