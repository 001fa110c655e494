package io.fedflow.job;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.Params;
import io.fedflow.component.RowComponent;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskOutputs;
import io.fedflow.data.Stages;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.Confidential;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.federation.Federation.Traffic;
import io.fedflow.federation.FederationLink;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.TaskFederation;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.spi.TrackingStore;
import io.fedflow.table.AnonymousNames;
import io.fedflow.tracking.StoredTrackingManager;
import io.fedflow.tracking.TaskReporter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;

/**
 * What one part of a task does: load inputs, run the component by its {@link TaskBody}, store
 * outputs unless it was fenced meanwhile, and only then say how it ended. Blocking; safe for use by
 * many task threads.
 *
 * @param catalog the components
 * @param artifacts loads inputs and stores outputs
 * @param store what tasks report
 * @param tracking passes reports on live
 * @param link carries federation messages
 * @param mailboxes holds arriving ones
 * @param compute runs partition work
 * @param parallelism how wide that is
 * @param clock the wall clock
 * @param entropy randomness for secrets
 * @param siteKey what tasks' own keys come from
 * @param receiveTimeout how long one message may take to come
 * @param retries asks a store that is down again
 * @param folder for temporary files of components; made if it is missing
 */
public record TaskExecution(
    ComponentCatalog catalog,
    TaskArtifacts artifacts,
    TrackingStore store,
    StoredTrackingManager tracking,
    FederationLink link,
    Mailboxes mailboxes,
    ExecutorService compute,
    int parallelism,
    InstantSource clock,
    SecureRandom entropy,
    SiteKey siteKey,
    Duration receiveTimeout,
    StoreRetries retries,
    Path folder) {

  private static final System.Logger LOG = System.getLogger(TaskExecution.class.getName());

  /** Takes what a part reports. */
  TaskReporter reporter(TaskRunner.Work work) {
    return new TaskReporter(
        work.task(),
        work.party(),
        new PatientTrackingStore(store, retries),
        clock,
        news -> tracking.publish(work.task().jobId(), news));
  }

  /**
   * Runs a part to its end. Never throws.
   *
   * @param body runs the component
   * @return empty if the attempt was fenced, which stored nothing then
   */
  Optional<PartyEvent> run(Attempt attempt, TaskBody body) {
    try {
      return Optional.ofNullable(runToEnd(attempt, body));
    } catch (InterruptedException stopped) {
      return ended(attempt, TaskStatus.CANCELED, "stopped");
    } catch (FedflowException failed) {
      TaskStatus status =
          failed.kind() == FailureKind.CANCELLED ? TaskStatus.CANCELED : TaskStatus.FAILED;
      return ended(attempt, status, TaskFailures.cause(failed));
    } catch (TaskBody.ProcessLost lost) {
      return lost(attempt, lost.getMessage());
    } catch (TaskBody.ComponentThrew bug) {
      LOG.log(System.Logger.Level.ERROR, () -> named(attempt) + ": " + bug.trace());
      return ended(attempt, TaskStatus.FAILED, Confidential.mark(bug.getMessage()));
    } catch (Exception | Error bug) {
      // A component may throw anything; whatever it is must not take the server along.
      LOG.log(System.Logger.Level.ERROR, () -> named(attempt) + " threw", bug);
      return ended(
          attempt,
          TaskStatus.FAILED,
          Confidential.mark(
              TaskBody.ComponentThrew.described(bug.getClass().getName(), bug.getMessage())));
    }
  }

  private static String named(Attempt attempt) {
    return attempt.work().task() + " at " + attempt.work().party();
  }

  /** Null if the attempt was fenced before it began to store. */
  private PartyEvent.TaskEnded runToEnd(Attempt attempt, TaskBody body) throws Exception {
    TaskRunner.Work work = attempt.work();
    Party party = work.party();
    PlannedTask task = work.plan().task(work.task().component()).orElseThrow();
    Component component = catalog.find(task.module()).orElseThrow();
    ComponentDescriptor descriptor = component.descriptor();
    TaskFederation federation =
        new TaskFederation(
            work.task(),
            party,
            runningParties(work, task),
            descriptor,
            link,
            mailboxes,
            receiveTimeout);
    attempt.counts(federation);
    Params params = params(descriptor, task, party);
    boolean needed =
        !descriptor.parameters().names().contains("need_run") || params.bool("need_run");
    Path scratch = AttemptFolder.fresh(folder);
    Function<TaskInputs, TaskContext> context =
        inputs ->
            new TaskScope(
                work.task(),
                party,
                runningParties(work, task),
                params,
                inputs,
                new FencedFederation(federation, attempt),
                attempt.reporter(),
                attempt.reporter(),
                compute,
                parallelism,
                seed(work),
                () -> retries.call(() -> siteKey.of(work.task(), party, seed(work))),
                entropy,
                scratch,
                artifacts.tablesOf(party, retries),
                artifacts.checkpointsOf(attempt, task, retries));
    boolean saved =
        component instanceof RowComponent rows
            ? new RowPass(artifacts, retries, folder)
                .run(attempt, task, needed ? rows : null, context.apply(TaskInputs.none()))
            : computed(attempt, body, task, component, needed, context);
    if (!saved) {
      return null;
    }
    reported(attempt);
    retries.call(
        () -> {
          artifacts.checkpoints().delete(work.task(), party);
          return null;
        });
    return new PartyEvent.TaskEnded(
        work.task(), needed ? TaskStatus.SUCCESS : TaskStatus.PASS, "", attempt.traffic());
  }

  /** Runs a component on tables in memory; false if the attempt was fenced meanwhile. */
  private boolean computed(
      Attempt attempt,
      TaskBody body,
      PlannedTask task,
      Component component,
      boolean needed,
      Function<TaskInputs, TaskContext> context)
      throws Exception {
    TaskRunner.Work work = attempt.work();
    TaskInputs inputs = retries.call(() -> artifacts.load(work, task));
    TaskOutputs outputs =
        needed
            ? ran(
                body,
                new TaskBody.Part(
                    component,
                    task.module(),
                    task.params().get(work.party()),
                    context.apply(inputs)))
            : passedOn(inputs);
    if (outputs == null) {
      throw new FedflowException(
          FailureKind.BUG,
          "task.outputs",
          "the component " + task.module() + " gave null instead of outputs");
    }
    if (!attempt.save()) {
      return false;
    }
    retries.call(
        () -> {
          artifacts.save(work, task, outputs);
          return null;
        });
    return true;
  }

  /**
   * A component that uses the store itself, as an upload does, is lost with it like one whose
   * process ended: another attempt begins once the store is back.
   */
  private static TaskOutputs ran(TaskBody body, TaskBody.Part part) throws Exception {
    try {
      part.component().descriptor().requireModels(part.context().inputs());
      return body.run(part);
    } catch (ColumnException refused) {
      throw AnonymousNames.told(refused, part.context().self(), part.context().inputs().schemas());
    } catch (FedflowException failed) {
      if (StoreRetries.isAway(failed)) {
        throw new TaskBody.ProcessLost(TaskFailures.cause(failed));
      }
      throw failed;
    } finally {
      AttemptFolder.delete(part.context().scratch());
    }
  }

  /**
   * Points and lines are appended: when nobody knows whether they are stored, another try might
   * store them twice, and only another attempt begins without any.
   */
  private static void reported(Attempt attempt) throws TaskBody.ProcessLost {
    try {
      attempt.reporter().flush();
    } catch (FedflowException failed) {
      if (StoreRetries.isAway(failed)) {
        throw new TaskBody.ProcessLost(TaskFailures.cause(failed));
      }
      throw failed;
    }
  }

  private static Optional<PartyEvent> ended(Attempt attempt, TaskStatus status, String why) {
    if (!attempt.save()) {
      return Optional.empty();
    }
    PartyEvent.TaskEnded end = ended(attempt, status, why, attempt.traffic());
    report(attempt, status == TaskStatus.FAILED ? end.cause() : "");
    return Optional.of(end);
  }

  private static Optional<PartyEvent> lost(Attempt attempt, String why) {
    if (!attempt.save()) {
      return Optional.empty();
    }
    PartyEvent.TaskEnded end = failed(attempt, why);
    report(attempt, end.cause());
    return Optional.of(new PartyEvent.TaskLost(end.task(), end.cause()));
  }

  /** Stores what an attempt reported, and at last an error if there is one. */
  private static void report(Attempt attempt, String error) {
    TaskReporter reporter = attempt.reporter();
    try {
      if (!error.isEmpty()) {
        reporter.error(error);
      }
      reporter.flush();
    } catch (RuntimeException lost) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> attempt.work().task() + ": reports were lost: " + Stages.unwrap(lost).getMessage());
    }
  }

  /** The end of a part that was stopped. */
  static PartyEvent.TaskEnded stopped(Attempt attempt, String why) {
    return ended(attempt, TaskStatus.CANCELED, why, attempt.traffic());
  }

  /** The end of a part that could not be brought to another one. */
  static PartyEvent.TaskEnded failed(Attempt attempt, String why) {
    return ended(attempt, TaskStatus.FAILED, why, attempt.traffic());
  }

  private static PartyEvent.TaskEnded ended(
      Attempt attempt, TaskStatus status, String why, Traffic traffic) {
    TaskRunner.Work work = attempt.work();
    return new PartyEvent.TaskEnded(
        work.task(), status, work.party() + " " + work.task().component() + ": " + why, traffic);
  }

  private static Params params(ComponentDescriptor descriptor, PlannedTask task, Party party) {
    Problems problems = new Problems();
    Params params =
        descriptor.resolve(task.params().get(party), "conf/" + task.component(), problems);
    problems.throwIfAny();
    return params;
  }

  private static Parties runningParties(TaskRunner.Work work, PlannedTask task) {
    Map<io.fedflow.party.Role, List<String>> byRole = new LinkedHashMap<>();
    for (Party party : work.plan().parties().all()) {
      if (task.runsAt(party)) {
        byRole.computeIfAbsent(party.role(), r -> new java.util.ArrayList<>()).add(party.id());
      }
    }
    return new Parties(byRole);
  }

  private static TaskOutputs passedOn(TaskInputs inputs) {
    return inputs.data().values().stream()
        .flatMap(List::stream)
        .findFirst()
        .map(input -> TaskOutputs.of(input.table()))
        .orElseGet(TaskOutputs::none);
  }

  /** The same for every party and every repetition, different for every component. */
  private static long seed(TaskRunner.Work work) {
    long mixed = work.job().seed() ^ work.task().component().hashCode() * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
