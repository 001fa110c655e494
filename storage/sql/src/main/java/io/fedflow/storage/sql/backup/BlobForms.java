package io.fedflow.storage.sql.backup;

import io.fedflow.data.SealedText;
import io.fedflow.data.TableManifest;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.TaskCaches;
import io.fedflow.job.TaskCheckpoints;
import io.fedflow.model.ModelFile;
import io.fedflow.table.TableCodec;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Which forms the blobs of a store have, as their first bytes tell. */
final class BlobForms {

  private static final int TEXT =
      ByteBuffer.wrap(SealedText.MAGIC.getBytes(StandardCharsets.US_ASCII)).getInt();

  /** Files of tables whose manifest was never kept. */
  private static final int PARQUET =
      ByteBuffer.wrap("PAR1".getBytes(StandardCharsets.US_ASCII)).getInt();

  private BlobForms() {}

  /** Takes texts. */
  @FunctionalInterface
  interface Texts {
    /** Takes one. */
    void take(String text);
  }

  /**
   * What is wrong with a blob, as far as it tells by itself; empty if nothing is.
   *
   * @param texts takes the content of a sound text
   */
  static Optional<String> damage(InputStream content, Texts texts) throws IOException {
    BufferedInputStream in = new BufferedInputStream(content);
    in.mark(Integer.BYTES);
    byte[] head = in.readNBytes(Integer.BYTES);
    in.reset();
    int magic = head.length < Integer.BYTES ? 0 : ByteBuffer.wrap(head).getInt();
    try {
      if (magic == TEXT) {
        texts.take(SealedText.open(in.readAllBytes(), "text"));
      } else if (magic == TaskCheckpoints.MAGIC) {
        TaskCheckpoints.check(in);
      } else if (magic == TaskCaches.MAGIC) {
        TaskCaches.check(in);
      } else if (magic != ModelFile.MAGIC
          && magic != TableCodec.MAGIC
          && magic != PARQUET
          && !TableManifest.beginsAsOne(in)) {
        return Optional.of("its bytes begin like nothing that a server stores");
      }
      return Optional.empty();
    } catch (FedflowException damaged) {
      return Optional.of(damaged.getMessage());
    }
  }
}
