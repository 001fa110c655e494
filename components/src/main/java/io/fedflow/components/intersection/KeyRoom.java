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
 * Where keys of masked ids wait to be compared.
 *
 * @param context of the task, in whose folder they wait if they are many
 * @param spillAbove most keys of both sides of a match that stay in memory; at least 1
 */
record KeyRoom(TaskContext context, int spillAbove) {

  /** Some 50 MiB. */
  static final int DEFAULT = 2_000_000;

  /** Two files each may be open for every host. */
  private static final int MOST_PARTITIONS = 256;

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
    context
        .log()
        .info(
            all
                + " masked ids are more than spill_above, "
                + spillAbove
                + ": they wait in temporary files of "
                + partitions
                + " partitions");
    return new SpilledMatch(context, folder(), partitions);
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
          "no folder for masked ids on the disk of this party ("
              + failed.getClass().getSimpleName()
              + "); see that it has space and works, or raise spill_above",
          failed);
    }
  }
}
