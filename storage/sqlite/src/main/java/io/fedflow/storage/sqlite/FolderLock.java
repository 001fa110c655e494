package io.fedflow.storage.sqlite;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second server out of a folder. The operating system frees it when the process ends. */
final class FolderLock implements AutoCloseable {

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static FolderLock take(Path dir) throws IOException {
    Path file = dir.resolve("fedflow.lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!lock(channel)) {
      channel.close();
      throw new FedflowException(
          FailureKind.UNAVAILABLE,
          "store.locked",
          "folder "
              + dir
              + " is in use by another server, which holds "
              + file
              + "; stop that server, or give this one another folder");
    }
    return new FolderLock(channel);
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("the folder's lock could not be freed", e);
    }
  }
}
