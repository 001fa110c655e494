package io.fedflow.data;

import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The lines of a UTF-8 text, whatever ends them, without a byte order mark and without blanks at
 * their ends. No line is held that is longer than allowed. Not thread-safe.
 */
final class CsvLines {

  private static final int MAX_LINE = 16 << 20;

  private final Reader reader;
  private final char[] buffer = new char[1 << 14];
  private final StringBuilder begun = new StringBuilder();
  private int next;
  private int end;
  private boolean afterReturn;
  private long number;

  /** The lines of a stream, which stays open. */
  CsvLines(InputStream in) {
    reader =
        new InputStreamReader(
            in,
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /** The number of the line given last, from 1. */
  long number() {
    return number;
  }

  /**
   * The next line that is not blank, right-trimmed; null at the end.
   *
   * @throws FedflowException {@code csv.encoding} or {@code csv.line}
   */
  String next() throws IOException {
    try {
      for (String line = line(); line != null; line = line()) {
        number++;
        String content = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
        String trimmed = content.stripTrailing();
        if (!trimmed.isEmpty()) {
          return trimmed;
        }
      }
      return null;
    } catch (CharacterCodingException malformed) {
      throw FedflowException.invalid(
          "csv.encoding",
          "after line " + number + ": found bytes that are not UTF-8; save the file as UTF-8");
    }
  }

  private String line() throws IOException {
    begun.setLength(0);
    boolean any = false;
    while (next < end || fill()) {
      if (afterReturn && buffer[next] == '\n') {
        afterReturn = false;
        next++;
        continue;
      }
      afterReturn = false;
      any = true;
      int from = next;
      while (next < end && buffer[next] != '\n' && buffer[next] != '\r') {
        next++;
      }
      checkLength(begun.length() + next - from);
      if (next < end) {
        afterReturn = buffer[next] == '\r';
        return given(from, next++);
      }
      begun.append(buffer, from, next - from);
    }
    return any ? begun.toString() : null;
  }

  /** Most lines lie in the buffer as a whole. */
  private String given(int from, int to) {
    return begun.length() == 0
        ? new String(buffer, from, to - from)
        : begun.append(buffer, from, to - from).toString();
  }

  private boolean fill() throws IOException {
    next = 0;
    end = Math.max(0, reader.read(buffer, 0, buffer.length));
    return end > 0;
  }

  private void checkLength(int length) {
    if (length > MAX_LINE) {
      throw FedflowException.invalid(
          "csv.line",
          "line "
              + (number + 1)
              + ": found more than "
              + MAX_LINE
              + " characters, allowed "
              + MAX_LINE);
    }
  }
}
