package io.fedflow.storage.postgres;

import io.fedflow.failure.FedflowException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the chunks of a blob, one ahead, and checks the digest at the end. Holds no connection in
 * between: a blob that is replaced meanwhile ends in an {@link IOException}, never in a mix; one
 * that is not what was written, in {@code blob.damaged}. Not thread-safe.
 */
final class BlobInput extends InputStream {

  private static final String CHUNK =
      "SELECT bytes FROM blob_chunk WHERE content_id = $1 AND part = $2";

  private static final String STORED =
      "SELECT 1 FROM blob_entry WHERE blob_key = $1 AND content_id = $2";

  private final Pool pool;
  private final String key;
  private final String contentId;
  private final long parts;
  private final String expected;
  private final BlobDigest digest = new BlobDigest();
  private Future<RowSet<Row>> ahead;
  private byte[] chunk = new byte[0];
  private int at;
  private long next;
  private boolean checked;

  BlobInput(Pool pool, String key, String contentId, long byteCount, String digest) {
    this.pool = pool;
    this.key = key;
    this.contentId = contentId;
    this.parts = (byteCount + BlobOutput.CHUNK - 1) / BlobOutput.CHUNK;
    this.expected = digest;
    this.ahead = ask(0);
  }

  @Override
  public int read() throws IOException {
    return fill() ? chunk[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int taken = Math.min(length, chunk.length - at);
    System.arraycopy(chunk, at, bytes, from, taken);
    at += taken;
    return taken;
  }

  @Override
  public int available() {
    return chunk.length - at;
  }

  /** Makes bytes ready; tells whether there are any. */
  private boolean fill() throws IOException {
    while (at == chunk.length && next < parts) {
      RowSet<Row> found = Bridge.await(ahead);
      if (found.size() == 0) {
        throw missing();
      }
      chunk = found.iterator().next().getBuffer(0).getBytes();
      at = 0;
      digest.update(chunk, 0, chunk.length);
      next++;
      ahead = ask(next);
    }
    if (at == chunk.length) {
      check();
      return false;
    }
    return true;
  }

  private IOException missing() throws IOException {
    if (Bridge.await(pool.preparedQuery(STORED).execute(Tuple.of(key, contentId))).size() > 0) {
      throw damaged(key, "part " + next + " of " + parts + " is missing");
    }
    return new IOException(
        "blob " + key + " was replaced or deleted while it was read; open it again");
  }

  private Future<RowSet<Row>> ask(long part) {
    return part < parts
        ? pool.preparedQuery(CHUNK).execute(Tuple.of(contentId, part))
        : Future.succeededFuture();
  }

  private void check() throws IOException {
    if (checked) {
      return;
    }
    String found = digest.hex();
    if (!found.equals(expected)) {
      throw damaged(key, found, expected);
    }
    checked = true;
  }

  static FedflowException damaged(String key, String found, String expected) {
    return damaged(key, "its bytes have digest " + found + ", stored was " + expected);
  }

  /** Not as something that is away: reading it again would not help. */
  private static FedflowException damaged(String key, String why) {
    return FedflowException.invalid("blob.damaged", "blob " + key + " is damaged: " + why);
  }
}
