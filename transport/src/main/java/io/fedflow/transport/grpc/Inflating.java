package io.fedflow.transport.grpc;

import com.google.protobuf.ByteString;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Inflates pieces that come from anybody: never to more bytes than they name. */
final class Inflating {

  private Inflating() {}

  /**
   * The payload's own bytes.
   *
   * @param size how many there have to be; takes that much memory
   * @throws IllegalArgumentException if the data is damaged, or holds fewer or more bytes
   */
  static byte[] inflate(ByteString data, int size) {
    byte[] inflated = new byte[size];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(data.asReadOnlyByteBuffer());
      int found = 0;
      while (found < size && !inflater.finished()) {
        int more = inflater.inflate(inflated, found, size - found);
        if (more == 0) {
          break;
        }
        found += more;
      }
      requireAll(inflater, found, size);
      return inflated;
    } catch (DataFormatException damaged) {
      throw new IllegalArgumentException("deflated piece: cannot be inflated", damaged);
    } finally {
      inflater.end();
    }
  }

  private static void requireAll(Inflater inflater, int found, int size)
      throws DataFormatException {
    if (found == size && !inflater.finished() && inflater.inflate(new byte[1]) > 0) {
      throw new IllegalArgumentException(
          "deflated piece: inflates past the " + size + " bytes that it names");
    }
    if (found < size || !inflater.finished()) {
      throw new IllegalArgumentException(
          "deflated piece: found "
              + found
              + " bytes, it names "
              + size
              + ", or its end is missing");
    }
    if (inflater.getRemaining() > 0) {
      throw new IllegalArgumentException(
          "deflated piece: " + inflater.getRemaining() + " bytes follow after its end");
    }
  }
}
