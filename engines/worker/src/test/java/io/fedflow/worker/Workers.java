package io.fedflow.worker;

import java.util.List;

/** The worker processes that a process started. */
final class Workers {

  private Workers() {}

  /** Those of this process that live. */
  static List<ProcessHandle> alive() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .filter(child -> child.info().command().filter(path -> path.endsWith("java")).isPresent())
        .toList();
  }
}
