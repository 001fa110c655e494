package io.fedflow.transport.http.v1;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongSupplier;
import java.util.zip.Deflater;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * A gzip stream that can show life while there is nothing to send: empty members between others are
 * part of the format and change nothing for who unpacks it. Not thread-safe.
 */
final class GzipMembers extends OutputStream {

  /** Well within the time after which an idle connection is closed. */
  static final long BEAT_NANOS = 20_000_000_000L;

  private final OutputStream out;
  private final LongSupplier nanos;
  private final GzipParameters fast = new GzipParameters();
  private GzipCompressorOutputStream open;
  private long last;

  /**
   * Writes to a stream, which is not closed.
   *
   * @param nanos a clock that only goes forward
   */
  GzipMembers(OutputStream out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
    this.last = nanos.getAsLong();
    fast.setCompressionLevel(Deflater.BEST_SPEED);
  }

  /** Shows life if nothing was sent for a while; cheap enough for every few rows. */
  void beat() throws IOException {
    if (nanos.getAsLong() - last < BEAT_NANOS) {
      return;
    }
    finish();
    member();
    finish();
    out.flush();
    last = nanos.getAsLong();
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    if (open == null) {
      member();
    }
    open.write(bytes, from, length);
    last = nanos.getAsLong();
  }

  private void member() throws IOException {
    open = new GzipCompressorOutputStream(out, fast);
  }

  private void finish() throws IOException {
    if (open != null) {
      open.finish();
      open = null;
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Ends the last member; what is below stays open. */
  @Override
  public void close() throws IOException {
    finish();
    out.flush();
  }
}
