package io.fedflow.transport.client;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads comma-separated lines: fields may be in double quotes, then hold commas, line ends and
 * doubled quotes. Not thread-safe.
 */
final class CsvLines {

  private static final int END = -1;

  private final Reader in;
  private int current;

  /** Reads from a buffered reader, which stays the caller's. */
  CsvLines(Reader in) throws IOException {
    this.in = in;
    this.current = in.read();
  }

  /** The fields of the next line; null at the end. */
  List<String> next() throws IOException {
    if (current == END) {
      return null;
    }
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (current == ',') {
      advance();
      fields.add(field());
    }
    while (current == '\r' || current == '\n') {
      boolean last = current == '\n';
      advance();
      if (last) {
        break;
      }
    }
    return fields;
  }

  private String field() throws IOException {
    StringBuilder text = new StringBuilder();
    boolean quoted = false;
    while (current != END) {
      if (current == '"') {
        advance();
        if (quoted && current == '"') {
          text.append('"');
          advance();
        } else {
          quoted = !quoted;
        }
      } else if (!quoted && (current == ',' || current == '\n' || current == '\r')) {
        break;
      } else {
        text.append((char) current);
        advance();
      }
    }
    return text.toString();
  }

  private void advance() throws IOException {
    current = in.read();
  }
}
