package io.fedflow.data;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Small texts as blobs with a digest each, for what is rare and read whole. Blocking. Thread-safe.
 * A store that cannot be reached is UNAVAILABLE {@code blob.io}, a text that is not what was
 * written INVALID {@code text.damaged}.
 *
 * @param blobs where they are
 * @param what the texts hold, for messages
 */
public record BlobTexts(BlobStore blobs, String what) {

  /** A text; empty if there is none. */
  public Optional<String> read(String key) {
    try (InputStream in = blobs.read(key)) {
      return Optional.of(SealedText.open(in.readAllBytes(), what + " (blob " + key + ")"));
    } catch (FedflowException unknown) {
      if (unknown.code().equals("blob.unknown")) {
        return Optional.empty();
      }
      throw unknown;
    } catch (IOException failed) {
      throw unavailable("read", failed);
    }
  }

  /** Replaces a text; durable on return. */
  public void write(String key, String text) {
    byte[] bytes = SealedText.seal(text);
    try {
      blobs.write(key, out -> out.write(bytes));
    } catch (IOException failed) {
      throw unavailable("write", failed);
    }
  }

  /** Deletes a text; nothing happens if there is none. */
  public void delete(String key) {
    try {
      blobs.delete(key);
    } catch (IOException failed) {
      throw unavailable("delete", failed);
    }
  }

  private FedflowException unavailable(String verb, IOException cause) {
    return BlobFailure.of("cannot " + verb + " " + what, "blob.io", cause);
  }
}
