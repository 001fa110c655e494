package io.fedflow.server;

import io.fedflow.FedflowBuilder.RunnerParts;
import io.fedflow.job.InProcessTaskRunner;
import io.fedflow.job.TaskRunner;
import io.fedflow.worker.ProcessTaskRunner;
import io.fedflow.worker.WorkerSettings;
import java.util.Set;

/**
 * Where a server's tasks run. Immutable.
 *
 * @param isolated whether each part of a task has a process of its own; if not, it has a thread of
 *     the server
 * @param memory the heap of each such process, such as {@code 512m}
 */
public record TaskPlace(boolean isolated, String memory) {

  /** Read and write files, tables and models of this server: they are its own and stay there. */
  private static final Set<String> OWN =
      Set.of(
          "Upload",
          "Download",
          "Writer",
          "ModelStore",
          "ModelRestore",
          "ModelLoader",
          "CacheLoader");

  /**
   * Checks the memory.
   *
   * @throws IllegalArgumentException if it is no number and unit
   */
  public TaskPlace {
    try {
      WorkerSettings.likeThisProcess().withMemory(memory);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException("--task-memory: " + wrong.getMessage(), wrong);
    }
  }

  /** Threads of the server. */
  public static TaskPlace threads() {
    return new TaskPlace(false, WorkerSettings.DEFAULT_MEMORY);
  }

  /** A process for each part. */
  public static TaskPlace processes() {
    return new TaskPlace(true, WorkerSettings.DEFAULT_MEMORY);
  }

  /** The same with another heap. */
  public TaskPlace withMemory(String heap) {
    return new TaskPlace(isolated, heap);
  }

  /**
   * Reads what a command line says.
   *
   * @throws IllegalArgumentException if it is neither {@code thread} nor {@code process}
   */
  static TaskPlace parse(String name) {
    return switch (name) {
      case "thread" -> threads();
      case "process" -> processes();
      default ->
          throw new IllegalArgumentException(
              "--task-runner: found '" + name + "', allowed thread or process");
    };
  }

  TaskRunner runner(RunnerParts parts) {
    return isolated
        ? new ProcessTaskRunner(
            WorkerSettings.likeThisProcess().withMemory(memory).withInProcess(OWN), parts)
        : new InProcessTaskRunner(parts.execution(), parts.mailboxes(), parts.threads());
  }

  @Override
  public String toString() {
    return isolated ? "processes of " + memory : "threads";
  }
}
