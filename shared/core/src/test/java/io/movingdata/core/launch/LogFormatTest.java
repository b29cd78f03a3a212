package io.movingdata.core.launch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogFormatTest {
  private static String written(String message) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    var appender = (ConsoleAppender<ILoggingEvent>) root.getAppender("stderr");
    LoggingEvent event = new LoggingEvent("caller", root, Level.INFO, message, null, null);
    return new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void nothingInAMessageBeginsALineOfItsOwnOrReachesTheTerminal() {
    assertThat(written("key a\r\n2026-01-01T00:00:00Z ERROR Node - forged\u001b[2J\u0000end"))
        .endsWith("key a 2026-01-01T00:00:00Z ERROR Node - forged [2J end\n")
        .hasLineCount(1);
  }
}
