package io.fedflow.storage.postgres;

import io.fedflow.spi.BlobStore;
import io.fedflow.spi.StoreRules;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Blobs as rows of chunks. Blocks its caller, and refuses to block an event loop. Thread-safe.
 *
 * <p>Chunks are sent while the content is still being written, in a transaction that ends with the
 * new entry of the key: nobody sees a part of a blob.
 */
final class PostgresBlobStore implements BlobStore {

  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
  private static final String DROP =
      "WITH dropped AS (DELETE FROM blob_entry WHERE blob_key = $1 RETURNING content_id)"
          + " DELETE FROM blob_chunk WHERE content_id IN (SELECT content_id FROM dropped)";
  private static final String INSERT =
      "INSERT INTO blob_entry (blob_key, content_id, byte_count, digest) VALUES ($1, $2, $3, $4)";
  private static final String FIND =
      "SELECT content_id, byte_count, digest FROM blob_entry WHERE blob_key = $1";

  /** In one statement, so of one moment. An empty blob has no chunks. */
  private static final String WHOLE =
      "SELECT entry.digest, chunk.bytes FROM blob_entry AS entry LEFT JOIN blob_chunk AS chunk"
          + " ON chunk.content_id = entry.content_id WHERE entry.blob_key = $1 ORDER BY chunk.part";

  private final Pool pool;
  private final Fence fence;

  /**
   * Blobs in a database.
   *
   * @param fence guards every write
   */
  PostgresBlobStore(Pool pool, Fence fence) {
    this.pool = pool;
    this.fence = fence;
  }

  @Override
  public void write(String key, Content content) throws IOException {
    BlobStore.checkKey(key);
    Bridge.checkMayWait();
    inTransaction(connection -> write(connection, key, content));
  }

  /** The statements of a transaction. */
  private interface Work {
    void on(SqlConnection connection) throws IOException;
  }

  private void inTransaction(Work work) throws IOException {
    SqlConnection connection = connection();
    boolean committed = false;
    try {
      run(connection, "BEGIN", Tuple.tuple());
      work.on(connection);
      commit(connection);
      committed = true;
    } finally {
      if (!committed) {
        // Sent without waiting: the thread may be interrupted, and what follows on this connection
        // comes after it anyway.
        connection.query("ROLLBACK").execute();
      }
      connection.close();
    }
  }

  @Override
  public InputStream read(String key) throws IOException {
    BlobStore.checkKey(key);
    Bridge.checkMayWait();
    RowSet<Row> found = Bridge.await(pool.preparedQuery(FIND).execute(Tuple.of(key)));
    if (found.size() == 0) {
      throw StoreRules.unknownBlob(key);
    }
    Row entry = found.iterator().next();
    return new BlobInput(pool, key, entry.getString(0), entry.getLong(1), entry.getString(2));
  }

  @Override
  public byte[] readWhole(String key) throws IOException {
    BlobStore.checkKey(key);
    Bridge.checkMayWait();
    RowSet<Row> chunks = Bridge.await(pool.preparedQuery(WHOLE).execute(Tuple.of(key)));
    if (chunks.size() == 0) {
      return null;
    }
    Buffer whole = Buffer.buffer();
    String expected = "";
    for (Row chunk : chunks) {
      expected = chunk.getString(0);
      if (chunk.getBuffer(1) != null) {
        whole.appendBuffer(chunk.getBuffer(1));
      }
    }
    byte[] bytes = whole.getBytes();
    String found = digest(bytes);
    if (!found.equals(expected)) {
      throw BlobInput.damaged(key, found, expected);
    }
    return bytes;
  }

  @Override
  public void delete(String key) throws IOException {
    BlobStore.checkKey(key);
    Bridge.checkMayWait();
    inTransaction(
        connection -> {
          hold(connection);
          run(connection, DROP, Tuple.of(key));
        });
  }

  @Override
  public boolean exchange(String key, byte[] seen, byte[] next) throws IOException {
    BlobStore.checkKey(key);
    Bridge.checkMayWait();
    AtomicBoolean exchanged = new AtomicBoolean();
    inTransaction(
        connection -> {
          hold(connection);
          run(connection, LOCK, Tuple.of(key));
          if (!storedDigest(connection, key)
              .equals(Optional.ofNullable(seen).map(PostgresBlobStore::digest))) {
            return;
          }
          run(connection, DROP, Tuple.of(key));
          if (next != null) {
            String contentId = UUID.randomUUID().toString();
            BlobOutput out = new BlobOutput(connection, contentId);
            out.write(next);
            out.finish();
            run(connection, INSERT, Tuple.of(key, contentId, out.byteCount(), out.digest()));
          }
          exchanged.set(true);
        });
    return exchanged.get();
  }

  /** Until the transaction ends nobody deletes the blob. */
  private static Optional<String> storedDigest(SqlConnection connection, String key)
      throws IOException {
    RowSet<Row> found =
        Bridge.await(connection.preparedQuery(FIND + " FOR UPDATE").execute(Tuple.of(key)));
    return found.size() == 0 ? Optional.empty() : Optional.of(found.iterator().next().getString(2));
  }

  private static String digest(byte[] bytes) {
    BlobDigest digest = new BlobDigest();
    digest.update(bytes, 0, bytes.length);
    return digest.hex();
  }

  private SqlConnection connection() throws IOException {
    Future<SqlConnection> asked = pool.getConnection();
    try {
      return Bridge.await(asked);
    } catch (InterruptedIOException e) {
      // A stopped task will never use it; kept, it would be missing to all others.
      asked.onSuccess(SqlConnection::close);
      throw e;
    }
  }

  private static void commit(SqlConnection connection) throws IOException {
    Bridge.await(
        connection
            .query("COMMIT")
            .execute()
            .recover(failure -> Future.failedFuture(Failures.ofCommit(failure))));
  }

  /** Only at the end: the content may take its time, and that may hold up nobody. */
  private void hold(SqlConnection connection) throws IOException {
    if (fence.armed()) {
      connection.query(Fence.SHORT_REST).execute();
      Bridge.await(fence.hold(connection));
    }
  }

  private void write(SqlConnection connection, String key, Content content) throws IOException {
    String contentId = UUID.randomUUID().toString();
    BlobOutput out = new BlobOutput(connection, contentId);
    content.writeTo(out);
    out.finish();
    hold(connection);
    // Two writers of one key queue here: each replaces what the one before committed.
    run(connection, LOCK, Tuple.of(key));
    run(connection, DROP, Tuple.of(key));
    run(connection, INSERT, Tuple.of(key, contentId, out.byteCount(), out.digest()));
  }

  private static void run(SqlConnection connection, String sql, Tuple args) throws IOException {
    Bridge.await(connection.preparedQuery(sql).execute(args));
  }
}
