package io.fedflow.component;

/**
 * An algorithm that runs as a task of a job, once at every party whose role the descriptor names.
 * Implementations are stateless: one instance serves all tasks, from many threads.
 */
public interface Component {

  /** What this component is and what it needs. Always the same value. */
  ComponentDescriptor descriptor();

  /**
   * Runs one party's part of a task. Plain blocking code on a thread of its own; partition work
   * goes to {@link TaskContext#compute()}.
   *
   * @param context everything the task may touch; not to be used after this method returns
   * @return what the task hands to downstream tasks
   * @throws io.fedflow.failure.FedflowException for anything the user or a peer caused
   * @throws InterruptedException if the task was stopped; never swallowed
   * @throws Exception anything else fails the task and is reported as a bug of the component
   */
  TaskOutputs run(TaskContext context) throws Exception;

  /** A component whose work is a function, for example a lambda. */
  static Component of(ComponentDescriptor descriptor, Work work) {
    return new Component() {
      @Override
      public ComponentDescriptor descriptor() {
        return descriptor;
      }

      @Override
      public TaskOutputs run(TaskContext context) throws Exception {
        return work.run(context);
      }
    };
  }

  /** What a component does; see {@link Component#run}. */
  @FunctionalInterface
  interface Work {

    /** Runs one party's part of a task. */
    TaskOutputs run(TaskContext context) throws Exception;
  }
}
