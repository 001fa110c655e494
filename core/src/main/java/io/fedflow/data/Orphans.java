package io.fedflow.data;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.BlobStore;
import java.io.IOException;

/**
 * Deletes blobs that no entry names any more. A blob that stays costs space and nothing else, so
 * failures are noted, not thrown. Thread-safe.
 */
public final class Orphans {

  private static final System.Logger LOG = System.getLogger(Orphans.class.getName());

  private final Deletion deletion;

  /** The orphans of a store. */
  public Orphans(BlobStore blobs) {
    this(blobs::delete);
  }

  /** Orphans that are deleted this way. */
  Orphans(Deletion deletion) {
    this.deletion = deletion;
  }

  /** Deletes what lies under a key. */
  @FunctionalInterface
  interface Deletion {
    void of(String key) throws IOException;
  }

  /** Deletes a blob. */
  public void delete(String key) {
    try {
      deletion.of(key);
    } catch (IOException | RuntimeException failed) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> "blob " + key + " is not needed, but stays: " + failed.getMessage());
    }
  }

  /** Deletes a blob whose entry was not stored, unless nobody knows whether it was. */
  public void deleteUnlessUsed(String key, Throwable failed) {
    boolean unclear =
        !(failed instanceof FedflowException known) || known.kind() == FailureKind.UNKNOWN;
    if (!unclear) {
      delete(key);
    }
  }
}
