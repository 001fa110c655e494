package io.fedflow.transport.http.v1;

import io.fedflow.tracking.LogLine;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * Log lines as FATE writes them.
 *
 * @param zone of the times
 */
record LogText(ZoneId zone) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss,SSS");

  /** One line, without its end. */
  String of(LogLine line) {
    return "["
        + line.level()
        + "] ["
        + TIME.format(Instant.ofEpochMilli(line.time()).atZone(zone))
        + "] ["
        + line.jobId()
        + "] ["
        + line.component()
        + "] - "
        + line.text();
  }
}
