package io.fedflow.spi;

import io.fedflow.dsl.JobPlan;
import io.fedflow.party.Party;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Decides whether a party of this site takes part in a job, before it looks for any table and
 * before anything of the job is stored. Thread-safe; must not block. May be asked again about the
 * same job, and then decides in the same way.
 */
@FunctionalInterface
public interface JobPolicy {

  /** Every job is welcome. */
  JobPolicy ALLOW_ALL = (at, jobId, plan) -> CompletableFuture.completedStage(Decision.allow());

  /**
   * Decides about a job.
   *
   * @param at the party of this site that was asked to take part
   * @param jobId the job
   * @param plan what every party would do, and who submitted it
   * @return a decision, never null; one that fails refuses the job
   */
  CompletionStage<Decision> decide(Party at, String jobId, JobPlan plan);

  /**
   * Decides whether an ended job runs again; by default as about a new one. That it may ask is of
   * no account here: the job was approved before.
   */
  default CompletionStage<Decision> again(Party at, String jobId, JobPlan plan) {
    return decide(at, jobId, plan);
  }

  /**
   * Decides whether a party does what it is asked to do with a model; by default it does. A model
   * cannot wait for an approval, so that to ask is to refuse.
   *
   * @return a decision, never null; one that fails refuses
   */
  default CompletionStage<Decision> about(Party at, ModelAsked asked) {
    return CompletableFuture.completedStage(Decision.allow());
  }

  /** What a policy says. Immutable. */
  sealed interface Decision {

    /** The party takes part. */
    static Decision allow() {
      return new Allow();
    }

    /** The party takes part once somebody approved. */
    static Decision ask() {
      return new Ask();
    }

    /** The same, with the reason. */
    static Decision ask(String reason) {
      return new Ask(reason);
    }

    /** The party does not take part; see {@link Refuse}. */
    static Decision refuse(String reason) {
      return new Refuse(reason);
    }

    /** The party takes part. */
    record Allow() implements Decision {}

    /**
     * The job is created and waits, whatever slots are free, until {@link
     * io.fedflow.pipeline.PipelineManager#approve} is called at this site; whoever declines stops
     * it.
     *
     * @param reason what asks for it, told to whoever asks why the job waits; may be empty
     */
    record Ask(String reason) implements Decision {

      /** Nobody says why. */
      public Ask() {
        this("");
      }
    }

    /**
     * The party does not take part, and the submission fails.
     *
     * @param reason why, told to the submitter
     */
    record Refuse(String reason) implements Decision {

      /** Checks that there is a reason. */
      public Refuse {
        Objects.requireNonNull(reason, "reason");
      }
    }
  }
}
