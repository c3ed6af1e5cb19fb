package dev.doorstep.simulator.device;

import java.awt.image.BufferedImage;

/**
 * A piece of paper that a printer cut off.
 *
 * @param image the paper, 576 dots wide, grey; owned by whoever asks, not to be drawn on
 * @param text the words on it, a line each; no QR codes, no pictures
 */
public record Ticket(BufferedImage image, String text) {}
