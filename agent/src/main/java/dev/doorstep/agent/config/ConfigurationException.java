package dev.doorstep.agent.config;

/** A configuration that cannot be used; the text says where and what to do. */
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a text for the technician. */
  public ConfigurationException(String text) {
    super(text);
  }
}
