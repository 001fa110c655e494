package io.fedflow.component;

import io.fedflow.federation.Federation;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/**
 * Everything one party's part of a task may touch. Used by the task's own thread; {@link
 * #compute()} and {@link #log()} are safe for other threads.
 */
public interface TaskContext {

  /** Which task this is. */
  TaskId task();

  /** The party that this part runs for. */
  Party self();

  /** The parties that run this component, with their role indexes. */
  Parties parties();

  /** Resolved and checked parameters. */
  Params params();

  /** Data and models from upstream. */
  TaskInputs inputs();

  /** The only way to other parties. */
  Federation federation();

  /** Metrics, summary and progress. */
  TaskTracker tracker();

  /** The task's log, kept at this party. */
  TaskLog log();

  /** Runs partition work, as wide as the cores; never blocks on messages there. */
  ExecutorService compute();

  /** How many pieces of partition work run at once; at least 1. */
  int parallelism();

  /** The seed that the job stores for this task: the same for every party and every repetition. */
  long seed();

  /**
   * A key that only this party knows, 32 bytes, the same in every repetition of the task with its
   * {@link #seed()} at this site: for what has to repeat and must not be foretold by peers, who
   * know the seed. What is drawn from it should depend on the rows, too, so that a change of them
   * tells nothing. A copy.
   */
  byte[] ownKey();

  /** Randomness for secrets; has no seed. */
  SecureRandom entropy();

  /**
   * A folder for temporary files of this attempt alone. It is not there before who needs it makes
   * it; whatever is in it goes with the attempt, however that ends.
   */
  Path scratch();

  /** Finds tables by name, for components that read what was uploaded. */
  TableAccess tables();

  /**
   * Keeps a state from which a later attempt of this task at this party may go on; it replaces the
   * one before. Durable when this returns; gone once an attempt ended well. Other parties keep
   * their own: who goes on must agree with them on the step first.
   *
   * @param step how far the task is, in the component's own count; at least 0
   * @param state in a layout of the component's own; at most {@link Checkpoint#MAX_BYTES}
   * @throws io.fedflow.failure.FedflowException of kind CANCELLED if the task was stopped
   *     meanwhile, {@code checkpoint.io} if it cannot be stored
   */
  void checkpoint(int step, byte[] state);

  /**
   * Keeps the model as it is at a step of the training, to be looked at, deployed or gone on from
   * after the job; the model that the task gives in the end is another. Durable when this returns;
   * the first one of an attempt takes the place of all that earlier attempts kept.
   *
   * @param step how far the training is, in the component's own count; at least 0
   * @param name what the component calls the step; 1..100 characters
   * @throws io.fedflow.failure.FedflowException of kind CANCELLED if the task was stopped
   *     meanwhile, {@code checkpoint.many} beyond a thousand, {@code checkpoint.io} if it cannot be
   *     stored
   */
  void keepModel(int step, String name, ComponentModel model);

  /**
   * What an earlier attempt kept with the same parameters and inputs; empty if there is nothing to
   * go on from. The same value during the whole attempt.
   */
  Optional<Checkpoint> restored();

  /**
   * Ends the task if somebody asked for that; cheap enough for inner loops.
   *
   * @throws InterruptedException if the task was stopped
   */
  default void checkStopped() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("task " + task() + " was stopped");
    }
  }
}
