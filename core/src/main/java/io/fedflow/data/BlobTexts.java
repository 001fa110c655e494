package io.fedflow.data;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.BlobStore;
import java.io.IOException;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Small texts as blobs with a digest each, for what is rare and read whole. Blocking. Thread-safe.
 * A store that cannot be reached is UNAVAILABLE {@code blob.io}, a text that is not what was
 * written INVALID {@code text.damaged}.
 *
 * @param blobs where they are
 * @param what the texts hold, for messages
 */
public record BlobTexts(BlobStore blobs, String what) {

  /** Each of them that fails is a change of somebody else that did not. */
  private static final int MOST_ATTEMPTS = 1_000;

  /** A text; empty if there is none. */
  public Optional<String> read(String key) {
    return opened(key, bytes(key));
  }

  private byte[] bytes(String key) {
    try {
      return blobs.readWhole(key);
    } catch (IOException failed) {
      throw unavailable("read", failed);
    }
  }

  private Optional<String> opened(String key, byte[] sealed) {
    return sealed == null
        ? Optional.empty()
        : Optional.of(SealedText.open(sealed, what + " (blob " + key + ")"));
  }

  /**
   * Changes a text by what it is; durable on return. Nothing is lost of what others change in the
   * same moment, at whichever server of the site.
   *
   * @param how gets the text, empty if there is none, and gives what it is to be, empty to delete
   *     it; called again if the text was changed meanwhile, so it must do nothing else
   * @return the text as it was before
   * @throws FedflowException UNAVAILABLE {@code blob.busy} if others change it all the time;
   *     whatever {@code how} throws, and then nothing changes
   */
  public Optional<String> change(String key, UnaryOperator<Optional<String>> how) {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      byte[] seen = bytes(key);
      Optional<String> before = opened(key, seen);
      Optional<String> after = how.apply(before);
      if (after.equals(before) || exchange(key, seen, after)) {
        return before;
      }
    }
    throw new FedflowException(
        FailureKind.UNAVAILABLE,
        "blob.busy",
        what + " were changed by others " + MOST_ATTEMPTS + " times meanwhile; try again");
  }

  private boolean exchange(String key, byte[] seen, Optional<String> after) {
    try {
      return blobs.exchange(key, seen, after.map(SealedText::seal).orElse(null));
    } catch (IOException failed) {
      throw unavailable("write", failed);
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
