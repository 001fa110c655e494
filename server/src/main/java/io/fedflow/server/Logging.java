package io.fedflow.server;

import io.fedflow.transport.json.JacksonJsonCodec;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** How much of the JDK's log, where all of ours goes, reaches the standard error. */
final class Logging {

  private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

  /** Held, or the garbage collector forgets their levels. */
  private static final Logger ROOT = Logger.getLogger("");

  private Logging() {}

  /** Only what went wrong. */
  static void quiet() {
    if (System.getProperty(FORMAT) == null) {
      System.setProperty(FORMAT, "%1$tF %1$tT.%1$tL %4$-7s %3$s: %5$s%6$s%n");
    }
    at(Level.WARNING);
  }

  /** One line for everything that a person at night wants to know. */
  static void informative() {
    at(Level.INFO);
  }

  /** The same as one JSON object a line. */
  static void informativeAsJson() {
    at(Level.INFO, new JsonLogLines(new JacksonJsonCodec()));
  }

  private static void at(Level level) {
    at(level, new Short());
  }

  private static void at(Level level, Formatter lines) {
    ROOT.setLevel(level);
    for (Handler handler : ROOT.getHandlers()) {
      if (handler instanceof ConsoleHandler) {
        handler.setLevel(level);
        handler.setFormatter(lines);
      }
    }
  }

  /** The last part of a logger's name is enough. */
  private static final class Short extends Formatter {

    private final Formatter lines = new SimpleFormatter();

    @Override
    public String format(LogRecord record) {
      String name = record.getLoggerName();
      if (name != null) {
        record.setLoggerName(name.substring(name.lastIndexOf('.') + 1));
      }
      record.setSourceClassName(null);
      return lines.format(record);
    }
  }
}
