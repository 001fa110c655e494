/** Runs each part of a task in a process of its own. */
module io.fedflow.worker {
  requires transitive io.fedflow.core;
  requires java.management;

  exports io.fedflow.worker;
}
