package io.fedflow.transport.grpc;

/**
 * What may cross in one piece. Both ends of a link should agree.
 *
 * @param commandBytes the largest command, documents included
 * @param payloadBytes the largest payload of an envelope
 * @param chunkBytes how a payload is cut; at most {@code commandBytes}
 * @param windowBytes how much of one transfer may be on its way unacknowledged, at least 64 KiB: it
 *     caps a transfer at one window per round trip, and bounds what is sent again after a break
 * @param deflates whether payloads are deflated on their way where that pays, and taken so
 */
public record WireLimits(
    int commandBytes, int payloadBytes, int chunkBytes, int windowBytes, boolean deflates) {

  /** What a sender may send before it heard from the receiver. */
  private static final int SMALLEST_WINDOW = Protocol.FIRST_CREDIT;

  /** What a header may take beside a chunk's data. */
  static final int OVERHEAD = 4096;

  /**
   * Commands of 8 MiB, payloads of 1 GiB, chunks of 256 KiB (the fastest measured), a window of 1
   * MiB: about 100 MB/s over 10 ms; deflates.
   */
  public static final WireLimits DEFAULT = new WireLimits(8 << 20, 1 << 30, 256 << 10, 1 << 20);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public WireLimits {
    if (payloadBytes < 0 || chunkBytes < 1 || commandBytes < chunkBytes) {
      throw new IllegalArgumentException(
          "wire limits: found payload "
              + payloadBytes
              + ", chunk "
              + chunkBytes
              + ", command "
              + commandBytes
              + " bytes; expected 0 <= payload and 1 <= chunk <= command");
    }
    if (windowBytes < SMALLEST_WINDOW) {
      throw new IllegalArgumentException(
          "window: found " + windowBytes + " bytes, at least " + SMALLEST_WINDOW);
    }
  }

  /** Limits of a site that deflates. */
  public WireLimits(int commandBytes, int payloadBytes, int chunkBytes, int windowBytes) {
    this(commandBytes, payloadBytes, chunkBytes, windowBytes, true);
  }

  /** The same, but with another largest payload. */
  public WireLimits withPayloadBytes(int bytes) {
    return new WireLimits(commandBytes, bytes, chunkBytes, windowBytes, deflates);
  }

  /** The same, but with another largest command. */
  public WireLimits withCommandBytes(int bytes) {
    return new WireLimits(bytes, payloadBytes, chunkBytes, windowBytes, deflates);
  }

  /** The same, but payloads travel as they are. */
  public WireLimits withoutDeflating() {
    return new WireLimits(commandBytes, payloadBytes, chunkBytes, windowBytes, false);
  }

  /** The largest message that gRPC has to let through. */
  long messageBytes() {
    return (long) commandBytes + OVERHEAD;
  }
}
