package io.fedflow.transport.http.upload;

import io.fedflow.job.JobStatus;
import io.fedflow.queue.JobEvent;
import io.fedflow.queue.QueueManager;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * The folder in which uploaded files wait for their jobs. A file stays until its job ended, so that
 * another attempt of the task finds it. Thread-safe.
 */
public final class Staging {

  private static final Logger LOG = System.getLogger(Staging.class.getName());

  /** No job runs longer unless its conf says so; what is older belongs to none. */
  private static final Duration OLD = Duration.ofDays(7);

  private final Path folder;
  private final QueueManager queue;
  private final Executor blocking;

  /**
   * Uses this folder.
   *
   * @param queue tells when jobs end
   * @param blocking runs deletions
   */
  public Staging(Path folder, QueueManager queue, Executor blocking) {
    this.folder = folder.toAbsolutePath();
    this.queue = queue;
    this.blocking = blocking;
  }

  /** Makes the folder and clears what an earlier process left behind long ago. Blocking. */
  public void prepare(Instant now) throws IOException {
    Files.createDirectories(folder);
    FileTime limit = FileTime.from(now.minus(OLD));
    try (Stream<Path> all = Files.list(folder)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        if (Files.getLastModifiedTime(each).compareTo(limit) < 0) {
          Files.deleteIfExists(each);
        }
      }
    }
  }

  /** A fresh place; nothing of it comes from the client. */
  Path newFile() {
    return folder.resolve("upload-" + UUID.randomUUID());
  }

  /** Deletes a file now. */
  void delete(Path file) {
    blocking.execute(
        () -> {
          try {
            Files.deleteIfExists(file);
          } catch (IOException e) {
            LOG.log(Level.WARNING, () -> "cannot delete " + file.getFileName(), e);
          }
        });
  }

  /** Deletes a file once the job ended. */
  void deleteAfter(String jobId, Path file) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    AutoCloseable follower =
        queue.follow(
            jobId,
            0,
            event -> {
              if (ended(event)) {
                over.complete(null);
              }
            });
    over.thenRunAsync(
        () -> {
          delete(file);
          close(jobId, follower);
        },
        blocking);
  }

  private static boolean ended(JobEvent event) {
    return event.kind().equals("job.status")
        && JobStatus.of(String.valueOf(event.details().get("status")))
            .filter(JobStatus::terminal)
            .isPresent();
  }

  private static void close(String jobId, AutoCloseable follower) {
    try {
      follower.close();
    } catch (Exception e) {
      LOG.log(Level.WARNING, () -> jobId + ": cannot stop following the job", e);
    }
  }
}
