package io.fedflow.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * How worker processes are run. Immutable.
 *
 * @param java the Java command
 * @param classPath where a worker finds this module and the components
 * @param flags further flags of its virtual machine
 * @param memory its heap at most, as {@code -Xmx} takes it: a number and {@code k}, {@code m} or
 *     {@code g}
 * @param grace how long a worker that was asked to stop may take before it is killed
 * @param inProcess modules that the host trusts to run on its own threads, because they are its own
 *     instances; every other component must be found by the worker
 */
public record WorkerSettings(
    Path java,
    String classPath,
    List<String> flags,
    String memory,
    Duration grace,
    Set<String> inProcess) {

  /** Enough for the shipped components on tables of some hundred thousand rows. */
  public static final String DEFAULT_MEMORY = "1g";

  /** Longer than any component that checks whether it was stopped takes to do so. */
  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(2);

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if {@code memory} is not of the form
   */
  public WorkerSettings {
    flags = List.copyOf(flags);
    inProcess = Set.copyOf(inProcess);
    if (!memory.matches("[1-9][0-9]{0,8}[kmgKMG]")) {
      throw new IllegalArgumentException(
          "worker memory: found '" + memory + "', allowed a number and k, m or g, such as 512m");
    }
  }

  /** Workers like this process: its Java, its class path, its flags that suit. */
  public static WorkerSettings likeThisProcess() {
    return new WorkerSettings(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        System.getProperty("java.class.path"),
        InheritedFlags.ofThisProcess(),
        DEFAULT_MEMORY,
        DEFAULT_GRACE,
        Set.of());
  }

  /** The same with another heap. */
  public WorkerSettings withMemory(String heap) {
    return new WorkerSettings(java, classPath, flags, heap, grace, inProcess);
  }

  /** The same with another patience. */
  public WorkerSettings withGrace(Duration patience) {
    return new WorkerSettings(java, classPath, flags, memory, patience, inProcess);
  }

  /** The same with modules that run in the host's process. */
  public WorkerSettings withInProcess(Set<String> modules) {
    return new WorkerSettings(java, classPath, flags, memory, grace, modules);
  }
}
