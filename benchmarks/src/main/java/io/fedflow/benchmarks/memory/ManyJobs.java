package io.fedflow.benchmarks.memory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs many small jobs to their ends in a process with a small heap, and fails if anything grows
 * with their number: heap after collection, threads, file handles, processes.
 *
 * <p>The last look is compared with the first one, which is the warm-up.
 *
 * <p>Arguments: how many jobs in all, default 20,000, and after how many it is looked at, default
 * 2,000.
 */
public final class ManyJobs {

  private static final String HEAP = "-Xmx256m";

  private ManyJobs() {}

  /** Starts the process and takes over its exit code. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-cp",
                System.getProperty("java.class.path"),
                JobsInOneSite.class.getName()));
    command.addAll(List.of(arguments));
    System.exit(new ProcessBuilder(command).inheritIO().start().waitFor());
  }
}
