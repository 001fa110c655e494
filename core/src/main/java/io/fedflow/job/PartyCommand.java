package io.fedflow.job;

import io.fedflow.component.TaskId;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.model.CheckpointStep;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one party's server asks of another's. Every command is idempotent: the same command again
 * changes nothing and is answered in the same way.
 */
public sealed interface PartyCommand {

  /** The job it is about. */
  String jobId();

  /**
   * Creates a job at a party: it checks that it can take part and stores its view.
   *
   * @param dsl the DSL as submitted
   * @param conf the runtime conf as submitted
   * @param initiator who coordinates
   * @param seed what all choices of the job derive from
   * @param createTime epoch milliseconds at the initiator
   * @param inherited what all parties take over from another job instead of running it
   */
  record CreateJob(
      String jobId,
      Map<String, Object> dsl,
      Map<String, Object> conf,
      Party initiator,
      long seed,
      long createTime,
      Inheritance inherited)
      implements PartyCommand {

    /** Creates a job that takes over nothing. */
    public CreateJob(
        String jobId,
        Map<String, Object> dsl,
        Map<String, Object> conf,
        Party initiator,
        long seed,
        long createTime) {
      this(jobId, dsl, conf, initiator, seed, createTime, Inheritance.NONE);
    }
  }

  /**
   * Tells a party where the job stands as a whole. A terminal status ends the party's running
   * tasks.
   *
   * @param round how often the job was run again before
   * @param status the job's status
   * @param progress ended tasks in percent
   * @param cause why it ended other than well; may be empty
   */
  record TellJobStatus(String jobId, int round, JobStatus status, int progress, String cause)
      implements PartyCommand {

    /** Tells of a job that was never run again. */
    public TellJobStatus(String jobId, JobStatus status, int progress, String cause) {
      this(jobId, 0, status, progress, cause);
    }
  }

  /** Announces another attempt of a task, which a later {@link StartTask} starts. */
  record PrepareTask(TaskId task) implements PartyCommand {
    @Override
    public String jobId() {
      return task.jobId();
    }
  }

  /**
   * Starts an attempt of a task at a party, prepared or not. An attempt that ended there already is
   * answered by its report.
   */
  record StartTask(TaskId task) implements PartyCommand {
    @Override
    public String jobId() {
      return task.jobId();
    }
  }

  /**
   * Tells a party where a task stands over all parties. An ill end ends the party's own part.
   *
   * @param status over all parties
   * @param cause why it ended other than well; may be empty
   */
  record TellTaskStatus(TaskId task, TaskStatus status, String cause) implements PartyCommand {
    @Override
    public String jobId() {
      return task.jobId();
    }
  }

  /**
   * A party reports to the coordinator where its part of a task stands.
   *
   * @param party who reports
   * @param status at that party
   * @param cause why it ended other than well, with party, component and reason; may be empty
   * @param lost whether it failed only because the process that ran it ended
   * @param traffic what crossed to and from that party
   */
  record ReportTask(
      TaskId task, Party party, TaskStatus status, String cause, boolean lost, Traffic traffic)
      implements PartyCommand {
    @Override
    public String jobId() {
      return task.jobId();
    }
  }

  /**
   * Any party asks the coordinator to stop the job.
   *
   * @param by who asks, for the cause
   * @param cause the whole cause, if it is another than that somebody stopped the job; may be empty
   */
  record AskStop(String jobId, String by, String cause) implements PartyCommand {

    /** Somebody stops the job. */
    public AskStop(String jobId, String by) {
      this(jobId, by, "");
    }
  }

  /**
   * Parties of one site ask the coordinator to tell them all that they may have missed.
   *
   * @param parties who asks; at least one
   * @param restarted when their site started again, in milliseconds since 1970 by its own clock:
   *     what it had not stored, messages of tasks that it was to start among it, is lost. Each
   *     start counts once, however often it is told. 0 if it did not start again
   */
  record AskAlign(String jobId, List<Party> parties, long restarted) implements PartyCommand {

    /** Copies the list. */
    public AskAlign {
      parties = List.copyOf(parties);
    }
  }

  /**
   * Any party asks the coordinator to run an ended job again.
   *
   * @param by who asks
   * @param components which of them, ended well or not; empty for all
   * @param force whether those of them run again, too, that ended well
   * @param round the last round that the asking site knows: a word that comes late, or twice, does
   *     not run the job once more
   */
  record AskRerun(String jobId, String by, List<String> components, boolean force, int round)
      implements PartyCommand {

    /** Copies the list. */
    public AskRerun {
      components = List.copyOf(components);
    }
  }

  /**
   * Tells a party that the job waits, everywhere, and asks its site for the slots of all its
   * parties. Again is right whenever an answer may have been lost.
   *
   * @param round how often the job was run again before
   * @param askRound which time the coordinator asks; greater after every {@link ReturnSlots}
   */
  record AskSlots(String jobId, int round, int askRound) implements PartyCommand {}

  /**
   * A site tells the coordinator that it keeps slots for the job.
   *
   * @param askRound the time of asking that this answers
   * @param slots how many for each of the site's parties
   */
  record SlotsGranted(String jobId, int askRound, Map<Party, Integer> slots)
      implements PartyCommand {

    /** Copies the map. */
    public SlotsGranted {
      slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
    }
  }

  /**
   * A site asks the coordinator to return the slots that it granted, for a job that comes first. A
   * job that runs already keeps them.
   *
   * @param askRound the time of asking for which they were granted
   */
  record AskYield(String jobId, int askRound) implements PartyCommand {}

  /**
   * Returns the slots that a site granted, or takes back the question for them.
   *
   * @param askRound the time of asking
   */
  record ReturnSlots(String jobId, int askRound) implements PartyCommand {}

  /**
   * Makes a party's view of an ended job wait again.
   *
   * @param round how often it was run again, this time included
   * @param attempts the version of every component's attempt that waits now
   */
  record RerunJob(String jobId, int round, Map<String, Integer> attempts) implements PartyCommand {

    /** Copies the map. */
    public RerunJob {
      attempts = Collections.unmodifiableMap(new LinkedHashMap<>(attempts));
    }
  }

  /**
   * Gives a party other parameters for attempts of an ended job that are yet to come. A party that
   * cannot run by them refuses, and keeps what it has.
   *
   * @param round how often the job was run again once they take effect; from then on they are stale
   * @param edition the number of the update: the highest one counts
   * @param conf the whole runtime conf
   */
  record UpdateJob(String jobId, int round, int edition, Map<String, Object> conf)
      implements PartyCommand {}

  /** About a stored pipeline model instead of a job: what names the job names the version. */
  sealed interface ModelCommand extends PartyCommand {}

  /**
   * Makes a version that predicts, of one that the party helped to train.
   *
   * @param jobId the new version
   * @param modelId the model's id
   * @param trained the version that was trained
   * @param dsl the DSL that it predicts with
   * @param steps components that predict as they were at a step of their training, with the step
   */
  record DeployModel(
      String jobId,
      String modelId,
      String trained,
      Map<String, Object> dsl,
      Map<String, CheckpointStep> steps)
      implements ModelCommand {

    /** Of all components as they were at the end of their training. */
    public DeployModel(String jobId, String modelId, String trained, Map<String, Object> dsl) {
      this(jobId, modelId, trained, dsl, Map.of());
    }
  }

  /**
   * Records that a version is to be loaded for online inference.
   *
   * @param jobId the version
   * @param modelId the model's id
   */
  record LoadModel(String jobId, String modelId) implements ModelCommand {}

  /**
   * Makes a version in which other parties take the places of those that trained.
   *
   * @param jobId the new version
   * @param modelId the id of the old one
   * @param from the old version
   * @param parties the new parties, in the order of the old ones
   * @param initiator the new initiator
   */
  record MigrateModel(String jobId, String modelId, String from, Parties parties, Party initiator)
      implements ModelCommand {}
}
