package io.fedflow.pipeline;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.ParameterUpdate;
import io.fedflow.failure.Problem;
import io.fedflow.job.Wait;
import io.fedflow.party.Party;
import io.fedflow.spi.TaskQuery;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Turns documents into plans and jobs. Thread-safe. */
public interface PipelineManager {

  /** How long the reason of a rejection may be. */
  int MOST_REASON = 500;

  /** How long the description of a job may be. */
  int MOST_NOTES = 10_000;

  /**
   * Checks documents without running anything.
   *
   * @throws io.fedflow.failure.ProblemsException with everything that is wrong
   */
  JobPlan plan(JobDocuments documents);

  /**
   * Submits a job; this site becomes the initiator's. Completes when the job was created at all
   * parties and waits in the queue, durably.
   *
   * @return fails with {@link io.fedflow.failure.ProblemsException} if the documents are wrong, or
   *     with the reason of a party that refused; a job that was created partly is then failed at
   *     all parties
   */
  CompletionStage<Submitted> submit(JobDocuments documents);

  /**
   * Stops a job from any party: completes when the request is stored; the job ends as canceled
   * everywhere.
   *
   * @return completes with false if this site does not know the job, or it ended already
   */
  CompletionStage<Boolean> stop(String jobId, String by);

  /**
   * Approves a job for a party of this site whose {@link io.fedflow.spi.JobPolicy} asked for it;
   * completes when that is stored. Again is without effect.
   *
   * @param by who approves, for people
   * @return fails with {@code job.not_live} or {@code job.unknown} if the party has no part in a
   *     live job here
   */
  CompletionStage<Void> approve(String jobId, Party party, String by);

  /**
   * Rejects a job for a party of this site that was to approve it: the job ends as canceled
   * everywhere, with party, reason and who rejected it. Completes when the request is stored at the
   * initiator's site.
   *
   * @param by who rejects, for people
   * @param reason why, told to all parties; at most {@value #MOST_REASON} characters, may be empty
   * @return fails with CONFLICT {@code job.not_pending} if the job does not wait for that party's
   *     approval, or {@code job.reason} if the reason is too long
   */
  CompletionStage<Void> reject(String jobId, Party party, String by, String reason);

  /**
   * Runs an ended job again from any party: everything that did not end well, and all that follows
   * from it, in new attempts with the same seeds; what ended well keeps its outputs. Completes when
   * the request is stored, and at the initiator's site when the job waits at all parties.
   *
   * @param components which components run again even if they ended well, given {@code force};
   *     empty for all
   * @param force whether those that ended well run again
   * @param by who asks
   * @return fails with {@code job.unknown}, or CONFLICT {@code job.rerun} if the job has not ended
   *     or nothing is left to run
   */
  CompletionStage<Void> rerun(String jobId, List<String> components, boolean force, String by);

  /**
   * Gives an ended job other parameters, for attempts that are made later. Component parameters are
   * laid over those that it has; {@code common} job parameters replace them, defaults filled in,
   * but for the model. Completes when all parties took them; otherwise none keeps them.
   *
   * @return fails with {@link io.fedflow.failure.ProblemsException} if the job cannot be planned
   *     with them, {@code job.unknown}, {@code job.not_here} if another site coordinates the job,
   *     CONFLICT {@code job.live} if it has not ended, CONFLICT {@code job.updating} during another
   *     update, or PEER {@code job.update} with every party that did not take them
   */
  CompletionStage<Updated> updateParameters(String jobId, ParameterUpdate update);

  /**
   * Drops what attempts of ended jobs left at this site: tables that they made, metrics, summaries
   * and checkpoints. Tables of users, tables that other jobs took over, models and logs stay. Again
   * is without effect.
   *
   * @param tasks which attempts
   * @return completes with what became of every job that has one
   */
  CompletionStage<Cleaned> clean(TaskQuery tasks);

  /**
   * Drops what ended jobs left at this site for longer than it is kept: tables that they made,
   * metrics, logs. Rows of jobs, summaries and models stay, and so does all of a training whose
   * model is deployed, loaded or bound. Again is without effect.
   *
   * @param dryRun whether it only tells what it would drop
   * @return fails with CONFLICT {@code retention.running} while another one runs here
   */
  CompletionStage<Swept> sweep(Retention keep, boolean dryRun);

  /**
   * Describes a job anew, at one party of this site; completes when that is stored.
   *
   * @param notes at most {@value #MOST_NOTES} characters; may be empty
   * @return fails with {@code job.unknown} if this site has no view of that party, or {@code
   *     job.notes} if they are too long
   */
  CompletionStage<Void> describe(String jobId, Party party, String notes);

  /**
   * Tells why a job and each of its components is where it is: what it waits for, what runs, or how
   * it ended; as far as this site knows, the site of the initiator knows most. Answered within a
   * second, also while the store is down.
   *
   * @return reasons about the whole job first, then those about components; never empty; fails with
   *     {@code job.unknown} if this site does not know the job
   */
  CompletionStage<List<Wait>> explain(String jobId);

  /** The plan of a job that this site takes part in. */
  CompletionStage<Optional<JobPlan>> planOf(String jobId);

  /**
   * What became of jobs that were to be cleaned.
   *
   * @param outcomes by job id: empty if it was cleaned, else why not, for example because it is
   *     live
   */
  record Cleaned(Map<String, String> outcomes) {

    /** Copies the map. */
    public Cleaned {
      outcomes = Collections.unmodifiableMap(new LinkedHashMap<>(outcomes));
    }
  }

  /**
   * The parameters of a job after an update, as its conf writes them.
   *
   * @param jobParameters a JSON tree
   * @param componentParameters a JSON tree
   * @param components the names of all components of which some party got other parameters
   */
  record Updated(Object jobParameters, Object componentParameters, List<String> components) {

    /** Copies the list. */
    public Updated {
      components = List.copyOf(components);
    }
  }

  /**
   * An accepted job.
   *
   * @param jobId its id
   * @param initiator the party that coordinates
   * @param modelId the id of the model it makes or uses
   * @param modelVersion its version
   * @param warnings what runs all the same but the user should know
   */
  record Submitted(
      String jobId, Party initiator, String modelId, String modelVersion, List<Problem> warnings) {

    /** Copies the list. */
    public Submitted {
      warnings = List.copyOf(warnings);
    }
  }
}
