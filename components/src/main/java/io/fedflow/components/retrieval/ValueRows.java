package io.fedflow.components.retrieval;

import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of texts as bytes, every row as long as the longest could be, so that the length of a sealed
 * block tells nothing of its values. A row is, for each column, the length of a text (4 bytes,
 * little-endian), the text in UTF-8, and zeros. Immutable and thread-safe.
 *
 * @param widths bytes of the longest text of each column
 */
record ValueRows(List<Integer> widths) {

  /** Copies. */
  ValueRows {
    widths = List.copyOf(widths);
  }

  /** The layout of some columns, [columns][rows]. */
  static ValueRows of(String[][] columns) {
    return new ValueRows(
        Arrays.stream(columns)
            .map(texts -> Arrays.stream(texts).mapToInt(text -> utf8(text).length).max().orElse(0))
            .toList());
  }

  /**
   * Bytes of so many rows.
   *
   * @throws FedflowException {@code retrieval.size} (INVALID) if that is more than a message holds
   */
  int size(int rows) {
    long row = widths.stream().mapToLong(width -> (long) Integer.BYTES + width).sum();
    if (rows * row > Integer.MAX_VALUE / 2) {
      throw FedflowException.invalid(
          "retrieval.size",
          "a block: found "
              + rows
              + " rows of "
              + row
              + " bytes, allowed are "
              + Integer.MAX_VALUE / 2
              + " bytes in all; choose fewer or shorter columns");
    }
    return (int) (rows * row);
  }

  /**
   * Writes some rows.
   *
   * @param columns [columns][rows]
   * @param rows which
   */
  byte[] encode(String[][] columns, int[] rows) {
    ByteBuffer out = ByteBuffer.allocate(size(rows.length)).order(ByteOrder.LITTLE_ENDIAN);
    for (int row : rows) {
      for (int column = 0; column < columns.length; column++) {
        byte[] text = utf8(columns[column][row]);
        out.putInt(text.length).put(text);
        out.position(out.position() + widths.get(column) - text.length);
      }
    }
    return out.array();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param host who wrote it, for messages
   * @param rows how many there must be
   * @return [columns][rows]
   * @throws FedflowException {@code retrieval.message} (PEER) if it is something else
   */
  String[][] decode(byte[] bytes, int rows, Party host) {
    if (bytes.length != size(rows)) {
      throw malformed(host, bytes.length + " bytes for " + rows + " rows");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    String[][] columns = new String[widths.size()][rows];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns.length; column++) {
        int width = widths.get(column);
        int length = in.getInt();
        if (length < 0 || length > width) {
          throw malformed(host, "a text of " + length + " bytes where " + width + " are the most");
        }
        columns[column][row] = text(in.slice(in.position(), length), host);
        in.position(in.position() + width);
      }
    }
    return columns;
  }

  private static String text(ByteBuffer bytes, Party host) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException broken) {
      throw malformed(host, "a text that is not UTF-8");
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A message that does not follow the protocol. */
  static FedflowException malformed(Party peer, String found) {
    return FedflowException.peer(
        "retrieval.message", "retrieval with " + peer + ": found " + found);
  }
}
