package io.fedflow.transport.http.v1;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the columns of one row in FATE's names and forms. Not thread-safe. */
final class Columns {

  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private final Map<String, Object> row = new LinkedHashMap<>();
  private final ZoneId zone;

  Columns(ZoneId zone) {
    this.zone = zone;
  }

  Columns put(String column, Object value) {
    row.put(column, value);
    return this;
  }

  /** {@code <name>_time} and {@code <name>_date}; null for "not yet". */
  Columns time(String name, long millis) {
    row.put(name + "_time", millis == 0 ? null : millis);
    row.put(
        name + "_date",
        millis == 0 ? null : DATE.format(Instant.ofEpochMilli(millis).atZone(zone)));
    return this;
  }

  /** {@code elapsed}; null while it runs. */
  Columns elapsed(long start, long end) {
    row.put("elapsed", start == 0 || end == 0 ? null : end - start);
    return this;
  }

  /** The plain row. */
  Map<String, Object> plain() {
    return row;
  }

  /** The row with FATE's prefix. */
  static Map<String, Object> prefixed(Map<String, Object> plain) {
    Map<String, Object> prefixed = new LinkedHashMap<>();
    plain.forEach((column, value) -> prefixed.put("f_" + column, value));
    return prefixed;
  }
}
