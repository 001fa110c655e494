package io.fedflow.job;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.Params;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskOutputs;
import io.fedflow.data.Stages;
import io.fedflow.dsl.PlannedTask;
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
import io.fedflow.tracking.StoredTrackingManager;
import io.fedflow.tracking.TaskReporter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/**
 * What one part of a task does: load inputs, run the component, store outputs, and only then say
 * how it ended. Blocking; safe for use by many task threads.
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
 * @param receiveTimeout how long one message may take to come
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
    Duration receiveTimeout) {

  private static final System.Logger LOG = System.getLogger(TaskExecution.class.getName());
  private static final Traffic NONE = new Traffic(0, 0, 0, 0);

  /** Runs a part to its end. Never throws. */
  PartyEvent.TaskEnded run(TaskRunner.Work work) {
    Party party = work.party();
    TaskReporter reporter =
        new TaskReporter(
            work.task(), party, store, clock, news -> tracking.publish(work.task().jobId(), news));
    TaskFederation federation = null;
    try {
      PlannedTask task = work.plan().task(work.task().component()).orElseThrow();
      Component component = catalog.find(task.module()).orElseThrow();
      ComponentDescriptor descriptor = component.descriptor();
      federation =
          new TaskFederation(
              work.task(),
              party,
              runningParties(work, task),
              descriptor,
              link,
              mailboxes,
              receiveTimeout);
      Params params = params(descriptor, task, party);
      TaskInputs inputs = artifacts.load(work, task);
      boolean needed =
          !descriptor.parameters().names().contains("need_run") || params.bool("need_run");
      TaskOutputs outputs =
          needed
              ? component.run(
                  new TaskScope(
                      work.task(),
                      party,
                      runningParties(work, task),
                      params,
                      inputs,
                      federation,
                      reporter,
                      reporter,
                      compute,
                      parallelism,
                      seed(work),
                      entropy,
                      artifacts.tablesOf(party)))
              : passedOn(inputs);
      artifacts.save(work, task, descriptor, outputs);
      reporter.flush();
      return new PartyEvent.TaskEnded(
          work.task(), needed ? TaskStatus.SUCCESS : TaskStatus.PASS, "", federation.traffic());
    } catch (InterruptedException stopped) {
      return ended(work, reporter, federation, TaskStatus.CANCELED, "stopped");
    } catch (FedflowException failed) {
      TaskStatus status =
          failed.kind() == FailureKind.CANCELLED ? TaskStatus.CANCELED : TaskStatus.FAILED;
      return ended(work, reporter, federation, status, failed.getMessage());
    } catch (Exception | Error bug) {
      // A component may throw anything; whatever it is must not take the server along.
      LOG.log(System.Logger.Level.ERROR, () -> work.task() + " at " + party + " threw", bug);
      return ended(
          work,
          reporter,
          federation,
          TaskStatus.FAILED,
          "the component threw " + bug.getClass().getName() + ": " + bug.getMessage());
    }
  }

  private PartyEvent.TaskEnded ended(
      TaskRunner.Work work,
      TaskReporter reporter,
      TaskFederation federation,
      TaskStatus status,
      String why) {
    String cause = work.party() + " " + work.task().component() + ": " + why;
    try {
      if (status == TaskStatus.FAILED) {
        reporter.error(cause);
      }
      reporter.flush();
    } catch (RuntimeException lost) {
      LOG.log(
          System.Logger.Level.WARNING,
          () -> work.task() + ": reports were lost: " + Stages.unwrap(lost).getMessage());
    }
    return new PartyEvent.TaskEnded(
        work.task(), status, cause, federation == null ? NONE : federation.traffic());
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
