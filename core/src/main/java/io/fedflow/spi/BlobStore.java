package io.fedflow.spi;

import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Keeps bytes of tables and models under keys. Blocking: called from task and I/O threads only,
 * never from an event loop.
 *
 * <p>Promises: B1 a blob is readable only after its {@link #write} returned, whole and durable; a
 * write that throws leaves nothing; B2 writing an existing key replaces it atomically; B3 an
 * unknown key is refused with {@code blob.unknown}; B4 keys are checked, never used as paths as
 * they are; B5 of {@link #exchange}s of one key at the same time, whichever process makes them,
 * each that is told true began with what the one before left. Thread-safe.
 */
public interface BlobStore {

  /**
   * Writes a blob.
   *
   * @param key 1..200 letters, digits, {@code _}, {@code -}, {@code .} and {@code /}
   * @param content writes the bytes
   */
  void write(String key, Content content) throws IOException;

  /**
   * Opens a blob; the caller closes it.
   *
   * @throws io.fedflow.failure.FedflowException {@code blob.unknown} if there is none
   */
  InputStream read(String key) throws IOException;

  /**
   * How many bytes a blob has. Reads all of them, unless a store knows better.
   *
   * @throws io.fedflow.failure.FedflowException {@code blob.unknown} if there is none
   */
  default long size(String key) throws IOException {
    try (InputStream in = read(key)) {
      return in.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Deletes a blob; nothing happens if there is none. */
  void delete(String key) throws IOException;

  /**
   * Reads a small blob whole, as it was at one moment: whoever replaces it meanwhile is no failure,
   * as he may be to a {@link #read} that takes its time.
   *
   * @return its bytes; null if there is none
   */
  default byte[] readWhole(String key) throws IOException {
    try (InputStream in = read(key)) {
      return in.readAllBytes();
    } catch (FedflowException unknown) {
      if (unknown.code().equals("blob.unknown")) {
        return null;
      }
      throw unknown;
    }
  }

  /**
   * Replaces, writes or deletes a small blob if it still is what the caller saw; durable on return.
   * This implementation is for a store that only one process has; others override it.
   *
   * @param seen the bytes that it has to have; null if it has to be unknown
   * @param next the bytes that it has afterwards; null if it is to be deleted
   * @return whether it was what the caller saw; if not, nothing happened
   */
  default boolean exchange(String key, byte[] seen, byte[] next) throws IOException {
    synchronized (this) {
      if (!Arrays.equals(seen, readWhole(key))) {
        return false;
      }
      if (next == null) {
        delete(key);
      } else {
        write(key, out -> out.write(next));
      }
      return true;
    }
  }

  /**
   * Checks a key (B4).
   *
   * @return the key
   * @throws IllegalArgumentException if a key is not of the allowed form
   */
  static String checkKey(String key) {
    if (key == null
        || !key.matches("[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")
        || key.length() > 400) {
      throw new IllegalArgumentException(
          "blob key: found '" + key + "', allowed letters, digits, '_', '-', '.', '/'");
    }
    return key;
  }

  /** Writes the bytes of a blob. */
  @FunctionalInterface
  interface Content {
    /** Writes everything; the stream is not to be closed. */
    void writeTo(OutputStream out) throws IOException;
  }
}
