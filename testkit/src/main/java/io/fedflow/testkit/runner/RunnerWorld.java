package io.fedflow.testkit.runner;

import io.fedflow.FedflowBuilder.RunnerParts;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskId;
import io.fedflow.data.DataManager;
import io.fedflow.data.Stages;
import io.fedflow.data.StoredDataManager;
import io.fedflow.dsl.CacheEdge;
import io.fedflow.dsl.DataEdge;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.dsl.ModelEdge;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.dsl.TableRef;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.job.JobRow;
import io.fedflow.job.PartyEvent;
import io.fedflow.job.SiteKey;
import io.fedflow.job.StoreRetries;
import io.fedflow.job.TaskArtifacts;
import io.fedflow.job.TaskCaches;
import io.fedflow.job.TaskCheckpoints;
import io.fedflow.job.TaskExecution;
import io.fedflow.job.TaskRunner;
import io.fedflow.memory.MemoryStores;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.ModelManager;
import io.fedflow.model.ModelMessage;
import io.fedflow.model.StoredModelManager;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.Stores;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.testkit.store.StoreRows;
import io.fedflow.tracking.StoredTrackingManager;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A runner with stores in memory; the test plays the peer of every part. For one test thread. */
public final class RunnerWorld implements AutoCloseable {

  static final long LIMIT_SECONDS = 30;
  static final String JOB = "202601010000000000001";

  /** The party whose parts run. */
  public static final Party GUEST = StoreRows.GUEST;

  static final Party HOST = StoreRows.HOST;
  static final String TABLE = "numbers";

  private static final long PAUSE_NANOS = 500_000;

  private final Mailboxes mailboxes = new Mailboxes();
  private final BlockingQueue<Envelope> said = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ExecutorService compute = Executors.newFixedThreadPool(2);
  private final Stores stores;
  private final GatedBlobs blobs;
  private final DataManager data;
  private final ModelManager models;
  private final TaskRunner runner;

  /** What one part told: its ends, which are to be one. */
  public static final class Ends {
    private final BlockingQueue<PartyEvent> told = new LinkedBlockingQueue<>();

    private Ends() {}

    /** Waits for the next end, which is no loss. */
    public PartyEvent.TaskEnded await() throws InterruptedException {
      PartyEvent end = awaitAny();
      if (end instanceof PartyEvent.TaskEnded ended) {
        return ended;
      }
      throw new AssertionError("found " + end + ", expected an end");
    }

    /** Waits for the next end. */
    public PartyEvent awaitAny() throws InterruptedException {
      PartyEvent end = told.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (end == null) {
        throw new AssertionError("no end was told within " + LIMIT_SECONDS + " s");
      }
      return end;
    }

    boolean none() {
      return told.isEmpty();
    }
  }

  /** A world around a runner. */
  public RunnerWorld(Function<RunnerParts, TaskRunner> made) {
    Stores memory = MemoryStores.create();
    blobs = new GatedBlobs(memory.blobs());
    stores =
        new Stores(
            memory.jobs(),
            memory.tracking(),
            memory.tables(),
            memory.models(),
            blobs,
            memory.servers(),
            memory::close);
    InstantSource clock = InstantSource.system();
    StoredTrackingManager tracking = new StoredTrackingManager(stores.jobs(), stores.tracking());
    data = new StoredDataManager(stores.tables(), blobs, clock, UUID::randomUUID);
    models = new StoredModelManager(stores.models(), blobs, clock, UUID::randomUUID);
    TaskExecution execution =
        new TaskExecution(
            new ComponentCatalog(new ScriptedComponents().components()),
            new TaskArtifacts(
                data,
                models,
                tracking,
                stores.tracking(),
                new TaskCheckpoints(blobs),
                new TaskCaches(blobs)),
            stores.tracking(),
            tracking,
            said::add,
            mailboxes,
            compute,
            2,
            clock,
            new SecureRandom(),
            new SiteKey(blobs, new SecureRandom()),
            Duration.ofSeconds(LIMIT_SECONDS),
            StoreRetries.none(),
            Path.of(System.getProperty("java.io.tmpdir")));
    runner = made.apply(new RunnerParts(execution, mailboxes, threads));
    data.store(DataManager.StoreRequest.upload("given", TABLE), table());
    models.store("trained", JOB, GUEST, model());
  }

  /** The runner. */
  public TaskRunner runner() {
    return runner;
  }

  Stores stores() {
    return stores;
  }

  GatedBlobs blobs() {
    return blobs;
  }

  DataManager data() {
    return data;
  }

  ModelManager models() {
    return models;
  }

  Mailboxes mailboxes() {
    return mailboxes;
  }

  static Table table() {
    return new Table(
        new TableSchema(
            TableKind.INSTANCE,
            "id",
            List.of(ColumnSpec.feature("x", "guest_9999_0"), ColumnSpec.feature("y", "")),
            ","),
        new String[] {"a", "b", "é"},
        List.of(
            new Column.Numbers(new double[] {0.1, Double.NaN, -0.0}),
            new Column.Numbers(new double[] {1, Double.MIN_VALUE, Double.POSITIVE_INFINITY})));
  }

  static ComponentModel model() {
    MessageSchema shape =
        MessageSchema.builder("ScriptedParam")
            .one("weight", 1, MessageSchema.Type.DOUBLE)
            .one("name", 2, MessageSchema.Type.STRING)
            .build();
    return new ComponentModel(
        "trained_0",
        Scripted.MODULE,
        "model",
        Map.of("ScriptedParam", new ModelMessage(shape, Map.of("weight", 0.1, "name", "naïve"))));
  }

  /** An attempt of the part. */
  public static TaskId task(int version) {
    return new TaskId(JOB, "part_0", version);
  }

  /** The first attempt of another part. */
  public static TaskId other(int number) {
    return new TaskId(JOB, "other_" + number, 0);
  }

  /** An attempt of the part at the guest. */
  public static TaskRunner.Work work(int version, String... steps) {
    return work(task(version), Map.of("steps", List.of(steps)));
  }

  /** A part of any attempt at the guest, with these parameters. */
  public static TaskRunner.Work work(TaskId task, Map<String, ?> given) {
    return work(task, given, List.of());
  }

  /** A part that takes what an attempt kept; its row is stored here, as the engine does. */
  TaskRunner.Work workWithCacheOf(TaskId maker, String... steps) {
    Stages.join(stores.jobs().commit(StoreRows.tasks(StoreRows.task(maker, GUEST, 1))));
    return work(
        task(0),
        Map.of("steps", List.of(steps)),
        List.of(new CacheEdge(maker.component(), "kept")));
  }

  private static TaskRunner.Work work(TaskId task, Map<String, ?> given, List<CacheEdge> caches) {
    Map<String, Object> params = new LinkedHashMap<>(given);
    Pipeline pipeline =
        new Pipeline().party(GUEST.role(), GUEST.id()).party(HOST.role(), HOST.id());
    pipeline.add(task.component(), Scripted.MODULE);
    JobPlan plan =
        JobPlanner.plan(
            pipeline.compile(), new ComponentCatalog(new ScriptedComponents().components()));
    PlannedTask planned =
        new PlannedTask(
            task.component(),
            Scripted.MODULE,
            Map.of(GUEST, params, HOST, params),
            List.of(
                new DataEdge(
                    "data",
                    new DataEdge.StoredTable(TABLE, Map.of(GUEST, new TableRef("given", TABLE))))),
            List.of(new ModelEdge("trained_0", "model", false)),
            List.of(new ModelEdge("trained_0", "model", false)),
            caches,
            List.of("data", "more"),
            List.of("learned"),
            List.of("kept"),
            null,
            0);
    JobRow job = StoreRows.job(task.jobId(), GUEST, 1);
    return new TaskRunner.Work(
        task,
        GUEST,
        new JobPlan(
            plan.initiator(),
            plan.parties(),
            plan.settings(),
            List.of(planned),
            plan.graph(),
            plan.warnings()),
        job);
  }

  /** Starts a part. */
  public Ends start(TaskRunner.Work work) {
    Ends ends = new Ends();
    runner.start(work, ends.told::add);
    return ends;
  }

  /** Runs a part to its end. */
  public PartyEvent.TaskEnded run(TaskRunner.Work work) throws InterruptedException {
    return start(work).await();
  }

  /** Says a word to a part, as its peer. */
  void say(TaskId task, String name, Payload payload) {
    mailboxes.deliver(
        new Envelope(task, HOST, GUEST, new MessageTag(Scripted.WORD, name), payload));
  }

  /** Says a word to a part, as its peer. */
  public void say(TaskId task, String name) {
    say(task, name, Payload.ofTexts(List.of(name)));
  }

  /** Waits for the next word that any part says, which must be this one. */
  public String hear(TaskId task, String name) throws InterruptedException {
    return hearPayload(task, name).asTexts().get(0);
  }

  Payload hearPayload(TaskId task, String name) throws InterruptedException {
    Envelope next = said.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nobody said " + name + " within " + LIMIT_SECONDS + " s");
    }
    Envelope expected =
        new Envelope(task, GUEST, HOST, new MessageTag(Scripted.WORD, name), next.payload());
    if (!next.equals(expected)) {
      throw new AssertionError("found " + next + ", expected " + expected);
    }
    return next.payload();
  }

  /** Whether nobody said anything that was not heard. */
  boolean silent() {
    return said.isEmpty();
  }

  /** The seed that a task derives from its job's. */
  static long seed(TaskId task) {
    long mixed = StoreRows.job(task.jobId(), GUEST, 1).seed();
    mixed ^= task.component().hashCode() * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }

  /** Waits until every thread of the runner ended; nothing can be started any more. */
  void awaitThreads() throws InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("threads of the runner are left after its end");
    }
  }

  /** Waits until a condition holds. */
  public static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("after " + LIMIT_SECONDS + " s it did not come true that " + what);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public void close() {
    blobs.release();
    runner.close();
    compute.shutdownNow();
    try {
      awaitThreads();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    stores.close();
  }
}
