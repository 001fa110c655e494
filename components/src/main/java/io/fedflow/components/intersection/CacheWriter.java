package io.fedflow.components.intersection;

import io.fedflow.component.TaskCache;
import io.fedflow.failure.FedflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes the content of a cache into one array of its length: it is gone through twice, first to
 * learn that length. Keys come from where they wait only the second time.
 */
final class CacheWriter {

  private final ByteBuffer bytes;
  private long length;

  private CacheWriter(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  /** What is to be written; the same every time. */
  @FunctionalInterface
  interface Content {
    void writeTo(CacheWriter out) throws InterruptedException;
  }

  /**
   * Writes it.
   *
   * @throws FedflowException {@code intersection.cache} (INVALID) if it is more than a cache holds
   */
  static byte[] write(Content content) throws InterruptedException {
    CacheWriter measure = new CacheWriter(null);
    content.writeTo(measure);
    if (measure.length > TaskCache.MAX_BYTES) {
      throw FedflowException.invalid(
          "intersection.cache",
          "run_cache: found "
              + measure.length
              + " bytes of masked or signed ids, allowed are at most "
              + TaskCache.MAX_BYTES
              + "; run without a cache, or with fewer ids");
    }
    CacheWriter out = new CacheWriter(ByteBuffer.allocate((int) measure.length));
    content.writeTo(out);
    return out.bytes.array();
  }

  CacheWriter text(String text) {
    return chunk(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes behind their length. */
  CacheWriter chunk(byte[] chunk) {
    number(chunk.length);
    put(chunk);
    return this;
  }

  /** Keys behind their length in bytes. */
  CacheWriter keys(HostKeys keys) throws InterruptedException {
    if (keys.count() > TaskCache.MAX_BYTES / KeyIndex.WIDTH) {
      // More than may be written, and more than the four bytes of the length could tell.
      length += (long) keys.count() * KeyIndex.WIDTH;
      return this;
    }
    number(keys.count() * KeyIndex.WIDTH);
    if (bytes == null) {
      length += (long) keys.count() * KeyIndex.WIDTH;
    } else {
      keys.giveTo((batch, some) -> put(some));
    }
    return this;
  }

  CacheWriter number(int number) {
    if (bytes != null) {
      bytes.putInt(number);
    }
    length += Integer.BYTES;
    return this;
  }

  CacheWriter flag(boolean flag) {
    return octet((byte) (flag ? 1 : 0));
  }

  CacheWriter octet(byte value) {
    put(new byte[] {value});
    return this;
  }

  private void put(byte[] some) {
    if (bytes != null) {
      bytes.put(some);
    }
    length += some.length;
  }
}
