package dev.doorstep.driver.echo;

/**
 * The result of {@code x-echo.say}.
 *
 * @param text what the device said
 */
public record Said(String text) {}
