package io.fedflow.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What a worker prints, line by line and within bounds: what goes beyond is read, so that the
 * worker does not block, and dropped. For one thread; {@link #last} and {@link #outOfMemory} for
 * any.
 */
final class OutputLines {

  static final int MAX_LINES = 10_000;

  private static final int MAX_LENGTH = 8_000;
  private static final String OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

  /** Every worker of a server with the processor's vectors says it; it tells nobody anything. */
  private static final String INCUBATOR = "WARNING: Using incubator modules:";

  private final Consumer<String> lines;
  private final byte[] line = new byte[MAX_LENGTH];
  private int length;
  private int count;
  private volatile String last = "";
  private volatile String outOfMemory = "";

  /** Lines for a log. */
  OutputLines(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Reads to the end of the stream. */
  void read(InputStream in) {
    byte[] buffer = new byte[MAX_LENGTH];
    try {
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        for (int i = 0; i < got; i++) {
          take(buffer[i]);
        }
      }
    } catch (IOException closed) {
      // The worker ended; what it printed until then is here.
    }
    if (length > 0) {
      end();
    }
  }

  private void take(byte next) {
    if (next == '\n') {
      end();
    } else {
      line[length++] = next;
      if (length == MAX_LENGTH) {
        end();
      }
    }
  }

  private void end() {
    String text = new String(line, 0, length, StandardCharsets.UTF_8).stripTrailing();
    length = 0;
    if (text.isEmpty() || text.startsWith(INCUBATOR)) {
      return;
    }
    last = text;
    if (text.startsWith(OUT_OF_MEMORY)) {
      outOfMemory = text.substring(OUT_OF_MEMORY.length());
    }
    count++;
    if (count <= MAX_LINES) {
      lines.accept(text);
    } else if (count == MAX_LINES + 1) {
      lines.accept("more than " + MAX_LINES + " lines were printed; the rest is dropped");
    }
  }

  /** The last line so far; empty if there is none. */
  String last() {
    return last;
  }

  /** What the virtual machine said when it ran out of memory; empty if it did not. */
  String outOfMemory() {
    return outOfMemory;
  }
}
