package io.fedflow.data;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;

/** What is told when the bytes of something cannot be written or read. */
public final class BlobFailure {

  /** The code of a disk that is full: it passes only if somebody frees space. */
  public static final String FULL = "store.full";

  private BlobFailure() {}

  /**
   * The failure of an operation, UNAVAILABLE in any case.
   *
   * @param doing what could not be done, such as {@code cannot write table n.t}
   * @param code what it is, if the disk is not full
   */
  public static FedflowException of(String doing, String code, IOException cause) {
    boolean full = isFull(cause);
    return new FedflowException(
        FailureKind.UNAVAILABLE,
        full ? FULL : code,
        doing
            + ": "
            + cause.getMessage()
            + (full ? "; the disk is full, all goes on once there is space" : ""),
        cause);
  }

  /** Tells whether a failure is that of a full disk, or of a quota that is used up. */
  public static boolean isFull(IOException failure) {
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    return Stream.of("no space left", "not enough space", "disk quota exceeded", "disk is full")
        .anyMatch(message::contains);
  }
}
