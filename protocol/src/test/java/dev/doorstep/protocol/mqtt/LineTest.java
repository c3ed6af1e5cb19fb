package dev.doorstep.protocol.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LineTest {
  @Test
  void switchesNaglesAlgorithmOff() {
    NioSocketChannel channel = new NioSocketChannel();
    try {
      Line.sendAtOnce(channel);
      assertThat(channel.config().isTcpNoDelay()).isTrue();
    } finally {
      channel.unsafe().closeForcibly();
    }
  }

  @Test
  void tellsWhenThatCannotBeDoneAndGoesOn() {
    NioSocketChannel channel = new NioSocketChannel();
    channel.unsafe().closeForcibly(); // its socket refuses every option
    Logger logger = (Logger) LoggerFactory.getLogger(Line.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      Line.sendAtOnce(channel);
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .singleElement()
        .satisfies(
            told -> {
              assertThat(told.getLevel()).isEqualTo(Level.WARN);
              assertThat(told.getFormattedMessage()).startsWith("TCP_NODELAY cannot be set");
            });
  }
}
