package io.fedflow.testkit.component;

import io.fedflow.component.Checkpoint;
import io.fedflow.component.Component;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskId;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.FederationLink;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.TaskFederation;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.table.AnonymousNames;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs one component at all its parties, each on a thread of its own, over real in-memory
 * mailboxes, and records every message. For tests of components. Not thread-safe.
 */
public final class ComponentHarness {

  private final Component component;
  private final Parties parties;
  private final Map<Party, Map<String, Object>> params = new LinkedHashMap<>();
  private final Map<Party, TaskInputs> inputs = new LinkedHashMap<>();
  private final Map<String, io.fedflow.table.Table> stored = new LinkedHashMap<>();
  private final Map<Party, Checkpoint> earlier = new LinkedHashMap<>();
  private final Set<Party> unwritable = new HashSet<>();
  private long seed = 42;
  private String site = "";
  private java.util.function.UnaryOperator<Envelope> tamper =
      java.util.function.UnaryOperator.identity();

  /** A harness for one component at these parties. */
  public ComponentHarness(Component component, Parties parties) {
    this.component = component;
    this.parties = parties.restrictedTo(component.descriptor().roles());
  }

  /** Parameters for every party. */
  public ComponentHarness params(Map<String, ?> common) {
    parties.all().forEach(party -> params(party, common));
    return this;
  }

  /** Further parameters for one party. */
  public ComponentHarness params(Party party, Map<String, ?> more) {
    params.computeIfAbsent(party, p -> new LinkedHashMap<>()).putAll(more);
    return this;
  }

  /** Inputs for one party. */
  public ComponentHarness inputs(Party party, TaskInputs given) {
    inputs.put(party, given);
    return this;
  }

  /** An uploaded table that every party can read by name. */
  public ComponentHarness stored(String namespace, String name, io.fedflow.table.Table table) {
    stored.put(namespace + '/' + name, table);
    return this;
  }

  /** What an earlier attempt of one party kept. */
  public ComponentHarness restored(Party party, Checkpoint checkpoint) {
    earlier.put(party, checkpoint);
    return this;
  }

  /** A party on whose disk no temporary file can be made. */
  public ComponentHarness unwritableScratch(Party party) {
    unwritable.add(party);
    return this;
  }

  /** The job's seed. */
  public ComponentHarness seed(long given) {
    seed = given;
    return this;
  }

  /** The site of all parties, whose own keys are others than those of another site. */
  public ComponentHarness site(String name) {
    this.site = name;
    return this;
  }

  /** Changes messages on their way, for tests of hostile or broken peers. */
  public ComponentHarness tamper(java.util.function.UnaryOperator<Envelope> change) {
    tamper = change;
    return this;
  }

  /**
   * Runs all parties to their end.
   *
   * @return what every party gave or how it failed; a party's failure ends the waits of the others
   * @throws AssertionError if a party left a temporary file, however it ended
   */
  public Result run() {
    TaskId task = new TaskId("202601010000000000001", "component_0", 0);
    Mailboxes mailboxes = new Mailboxes();
    List<Envelope> messages = java.util.Collections.synchronizedList(new ArrayList<>());
    FederationLink link =
        envelope -> {
          Envelope sent = tamper.apply(envelope);
          messages.add(sent);
          mailboxes.deliver(sent);
        };
    ExecutorService compute = Executors.newFixedThreadPool(2);
    ExecutorService threads = Executors.newCachedThreadPool();
    Map<Party, Future<TaskOutputs>> futures = new LinkedHashMap<>();
    Map<Party, RecordedTracker> trackers = new LinkedHashMap<>();
    ScratchFolders scratch = new ScratchFolders();
    Map<Party, List<Checkpoint>> kept = new LinkedHashMap<>();
    Map<Party, Map<Integer, ComponentModel>> models = new LinkedHashMap<>();
    try {
      CountDownLatch ready = new CountDownLatch(1);
      for (Party party : parties.all()) {
        Problems problems = new Problems();
        Params resolved =
            component
                .descriptor()
                .resolve(params.getOrDefault(party, Map.of()), "params", problems);
        problems.throwIfAny();
        RecordedTracker tracker = new RecordedTracker();
        trackers.put(party, tracker);
        TaskFederation federation =
            new TaskFederation(
                task,
                party,
                parties,
                component.descriptor(),
                link,
                mailboxes,
                Duration.ofSeconds(120));
        TaskContext context =
            new HarnessContext(
                task,
                party,
                parties,
                resolved,
                inputs.getOrDefault(party, TaskInputs.none()),
                federation,
                tracker,
                compute,
                seed,
                site,
                new SecureRandom(),
                unwritable.contains(party) ? scratch.unwritable() : scratch.of(party),
                new StoredTables(stored),
                earlier.get(party),
                kept.computeIfAbsent(
                    party, p -> java.util.Collections.synchronizedList(new ArrayList<>())),
                models.computeIfAbsent(
                    party, p -> java.util.Collections.synchronizedMap(new TreeMap<>())));
        futures.put(
            party,
            threads.submit(
                () -> {
                  ready.await();
                  try {
                    return run(context);
                  } catch (Exception failed) {
                    parties.all().stream()
                        .filter(other -> !other.equals(party))
                        .forEach(
                            other ->
                                mailboxes.fail(
                                    task,
                                    other,
                                    new FedflowException(
                                        FailureKind.PEER,
                                        "peer.failed",
                                        party + " failed: " + failed.getMessage(),
                                        failed)));
                    throw failed;
                  }
                }));
      }
      ready.countDown();
      Map<Party, TaskOutputs> outputs = new LinkedHashMap<>();
      Map<Party, Throwable> failures = new LinkedHashMap<>();
      futures.forEach(
          (party, future) -> {
            try {
              outputs.put(party, future.get());
            } catch (java.util.concurrent.ExecutionException failed) {
              failures.put(party, failed.getCause());
            } catch (InterruptedException interrupted) {
              Thread.currentThread().interrupt();
              failures.put(party, interrupted);
            }
          });
      scratch.requireNoFiles();
      return new Result(outputs, failures, trackers, List.copyOf(messages), kept, models);
    } finally {
      threads.shutdownNow();
      compute.shutdownNow();
      scratch.delete();
    }
  }

  /** As the engine does: models are checked first, and a refused column is told to others. */
  private TaskOutputs run(TaskContext context) throws Exception {
    try {
      component.descriptor().requireModels(context.inputs());
      return component.run(context);
    } catch (ColumnException refused) {
      throw AnonymousNames.told(refused, context.self(), context.inputs().schemas());
    }
  }

  /**
   * What a run gave.
   *
   * @param outputs per party that ended well
   * @param failures per party that failed; a party that failed only because a peer did has a
   *     failure of kind PEER and code {@code peer.failed}
   * @param trackers what each party reported
   * @param messages every message that was sent, in order of sending
   * @param checkpoints what each party kept, in order
   * @param models which models each party kept for good, by step
   */
  public record Result(
      Map<Party, TaskOutputs> outputs,
      Map<Party, Throwable> failures,
      Map<Party, RecordedTracker> trackers,
      List<Envelope> messages,
      Map<Party, List<Checkpoint>> checkpoints,
      Map<Party, Map<Integer, ComponentModel>> models) {

    /** The outputs, or the first root failure as an {@link AssertionError}. */
    public Result succeeded() {
      failures.forEach(
          (party, failure) -> {
            if (!(failure instanceof FedflowException peer && peer.code().equals("peer.failed"))) {
              throw new AssertionError(party + " failed: " + failure.getMessage(), failure);
            }
          });
      return this;
    }

    /** The failure that started it all; fails if there was none. */
    public Throwable rootFailure() {
      return failures.values().stream()
          .filter(f -> !(f instanceof FedflowException peer && peer.code().equals("peer.failed")))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no party failed"));
    }

    /** One party's outputs. */
    public TaskOutputs of(Party party) {
      TaskOutputs given = outputs.get(party);
      if (given == null) {
        throw new AssertionError(party + " gave nothing; failures: " + failures);
      }
      return given;
    }
  }
}
