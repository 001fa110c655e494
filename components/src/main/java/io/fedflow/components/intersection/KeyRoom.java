package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where masked and signed ids wait: in memory while they are few, otherwise in files of the task.
 *
 * @param context of the task, in whose folder they wait if they are many
 * @param spillAbove most keys of both sides of a match that stay in memory; at least 1
 */
record KeyRoom(TaskContext context, int spillAbove) {

  /** Some 50 MiB. */
  static final int DEFAULT = 2_000_000;

  /** Some bytes of each wait in memory to be written: 2 MiB for one side of a match. */
  private static final int MOST_PARTITIONS = 256;

  /**
   * A task's room by its parameter {@code spill_above}.
   *
   * @param shares how many matches or sets wait at the same time, at least 1; each gets as much
   */
  static KeyRoom of(TaskContext context, int shares) {
    int all = context.params().integer(IntersectionParameters.SPILL_ABOVE);
    return new KeyRoom(context, Math.max(1, all / shares));
  }

  /**
   * Room for a match.
   *
   * @param theirs how many keys of the other side come
   * @param own how many own ones
   * @throws FedflowException {@code intersection.spill} (UNAVAILABLE) without a folder for them
   */
  KeyMatch match(int theirs, int own) {
    long all = (long) theirs + own;
    if (all <= spillAbove) {
      return new MemoryMatch(theirs, own);
    }
    int partitions = partitions(all, spillAbove);
    tell(all, partitions);
    return new SpilledMatch(context, folder(), partitions);
  }

  /**
   * Room for digests to be sorted.
   *
   * @param most how many come at most
   * @throws FedflowException {@code intersection.spill} (UNAVAILABLE) without a folder for them
   */
  SortedDigests sorted(int most) {
    return new SortedDigests(parts(most, KeyIndex.WIDTH));
  }

  /**
   * Room for elements; a wide one counts as the keys that have its length.
   *
   * @param most how many come at most
   * @param width bytes of an element
   * @return as many parts as a power of two says
   * @throws FedflowException {@code intersection.spill} (UNAVAILABLE) without a folder for them
   */
  Parts parts(int most, int width) {
    long keys = (long) most * width / KeyIndex.WIDTH;
    if (keys <= spillAbove) {
      return new MemoryPart(width, most);
    }
    int partitions = partitions(keys, spillAbove);
    tell(most, partitions);
    return new FileParts(folder(), partitions, width);
  }

  private void tell(long all, int partitions) {
    context
        .log()
        .info(
            all
                + " masked or signed ids are more than spill_above leaves room for: they wait in"
                + " temporary files of "
                + partitions
                + " partitions");
  }

  /** Enough that one of them has half as many keys as may stay in memory, if there are not more. */
  static int partitions(long keys, int spillAbove) {
    int partitions = 2;
    while (partitions < MOST_PARTITIONS && keys / partitions > spillAbove / 2) {
      partitions *= 2;
    }
    return partitions;
  }

  private static Path ownersOnly(Path folder) throws IOException {
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rwx------");
    return posix
        ? Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(permissions))
        : Files.createDirectories(folder);
  }

  private Path folder() {
    try {
      return ownersOnly(context.scratch());
    } catch (IOException failed) {
      throw new FedflowException(
          FailureKind.UNAVAILABLE,
          "intersection.spill",
          "no folder for masked or signed ids on the disk of this party ("
              + failed.getClass().getSimpleName()
              + "); see that it has space and works, or raise spill_above",
          failed);
    }
  }
}
