package io.fedflow.storage.postgres;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.io.OutputStream;

/** Cuts a blob into chunks and sends one while the next one fills. Not thread-safe. */
final class BlobOutput extends OutputStream {

  /** Large enough to make round trips cheap, small enough to hold two in memory per writer. */
  static final int CHUNK = 1 << 20;

  private static final String INSERT =
      "INSERT INTO blob_chunk (content_id, part, bytes) VALUES ($1, $2, $3)";

  private final SqlConnection connection;
  private final String contentId;
  private final BlobDigest digest = new BlobDigest();
  private Buffer chunk = Buffer.buffer();
  private Future<?> sending = Future.succeededFuture();
  private long byteCount;
  private long parts;

  BlobOutput(SqlConnection connection, String contentId) {
    this.connection = connection;
    this.contentId = contentId;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    for (int at = from, end = from + length; at < end; ) {
      int taken = Math.min(end - at, CHUNK - chunk.length());
      chunk.appendBytes(bytes, at, taken);
      digest.update(bytes, at, taken);
      byteCount += taken;
      at += taken;
      if (chunk.length() == CHUNK) {
        send();
      }
    }
  }

  /** Sends what is left and waits until everything has arrived. */
  void finish() throws IOException {
    if (chunk.length() > 0) {
      send();
    }
    Bridge.await(sending);
  }

  long byteCount() {
    return byteCount;
  }

  String digest() {
    return digest.hex();
  }

  private void send() throws IOException {
    Bridge.await(sending);
    sending = connection.preparedQuery(INSERT).execute(Tuple.of(contentId, parts++, chunk));
    chunk = Buffer.buffer();
  }
}
