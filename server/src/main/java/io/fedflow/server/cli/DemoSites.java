package io.fedflow.server.cli;

import java.nio.file.Path;
import java.util.List;

/** Starts the servers that the demo talks to. */
@FunctionalInterface
public interface DemoSites {

  /**
   * Starts them.
   *
   * @param folder where they keep everything
   * @param processes whether every party gets a process of its own
   */
  Running start(Path folder, boolean processes) throws Exception;

  /**
   * Servers that run; entries of guest, host, arbiter, in this order.
   *
   * @param urls where clients find them
   * @param folders what they keep
   * @param end ends them
   */
  record Running(List<String> urls, List<Path> folders, Runnable end) implements AutoCloseable {

    /** Copies the lists. */
    public Running {
      urls = List.copyOf(urls);
      folders = List.copyOf(folders);
    }

    @Override
    public void close() {
      end.run();
    }
  }
}
