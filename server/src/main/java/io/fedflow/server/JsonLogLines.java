package io.fedflow.server;

import io.fedflow.spi.JsonCodec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** One JSON object a line, for machines that gather logs. Thread-safe. */
final class JsonLogLines extends Formatter {

  private final JsonCodec codec;

  JsonLogLines(JsonCodec codec) {
    this.codec = codec;
  }

  @Override
  public String format(LogRecord record) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", Instant.ofEpochMilli(record.getMillis()).toString());
    line.put("level", record.getLevel().getName());
    line.put("logger", record.getLoggerName() == null ? "" : record.getLoggerName());
    line.put("thread", record.getLongThreadID());
    line.put("message", formatMessage(record));
    if (record.getThrown() != null) {
      StringWriter trace = new StringWriter();
      record.getThrown().printStackTrace(new PrintWriter(trace));
      line.put("thrown", trace.toString());
    }
    return codec.write(line) + System.lineSeparator();
  }
}
