package io.fedflow.transport.http.modelfile;

/**
 * What a model file may hold, whatever its headers say.
 *
 * @param fileBytes how large the file may be
 * @param entries how many entries it may have
 * @param entryBytes how large one may be once it is unpacked
 * @param totalBytes how large all may be together once they are unpacked
 * @param ratio how many times its size it may unpack to; small files may more
 */
public record ArchiveLimits(
    long fileBytes, int entries, long entryBytes, long totalBytes, int ratio) {

  /** Room for any model that a component may store, which has at most a gigabyte. */
  public static final ArchiveLimits DEFAULT =
      new ArchiveLimits(8L << 30, 10_000, 1L << 30, 32L << 30, 200);

  /** Up to here nobody asks for the ratio: few zeros compress a thousand times. */
  static final long SMALL = 64L << 20;

  /** Refuses numbers below 1. */
  public ArchiveLimits {
    if (fileBytes < 1 || entries < 1 || entryBytes < 1 || totalBytes < 1 || ratio < 1) {
      throw new IllegalArgumentException("limits of model files: all must be at least 1");
    }
  }
}
