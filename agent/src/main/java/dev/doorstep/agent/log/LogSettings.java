package dev.doorstep.agent.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * How it logs: to the standard error stream, ours from the level of {@code doorstep.log}, of others
 * what is wrong. In Java, since reading the same from XML took a tenth of the agent's start. A file
 * that {@code logback.configurationFile} names is read instead.
 */
public final class LogSettings extends ContextAwareBase implements Configurator {
  private static final String FILE = "logback.configurationFile";
  private static final String PATTERN = "%d{HH:mm:ss.SSS} %-5level %logger{0} %msg%n%ex{short}";

  private static final Map<String, Level> OTHERS =
      Map.of("org.apache.activemq", Level.ERROR, "org.apache.artemis", Level.ERROR);

  @Override
  public ExecutionStatus configure(LoggerContext loggers) {
    if (System.getProperty(FILE) != null) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(loggers);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(loggers);
    console.setName("STDERR");
    console.setTarget("System.err");
    console.setEncoder(encoder);
    console.start();
    loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(console);
    loggers.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    loggers
        .getLogger("dev.doorstep")
        .setLevel(Level.toLevel(System.getProperty("doorstep.log"), Level.WARN));
    OTHERS.forEach((name, level) -> loggers.getLogger(name).setLevel(level));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
