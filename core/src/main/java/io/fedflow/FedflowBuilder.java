package io.fedflow;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.data.DataManager;
import io.fedflow.data.PlainTableStore;
import io.fedflow.data.StoredDataManager;
import io.fedflow.federation.FederationLink;
import io.fedflow.federation.Mailboxes;
import io.fedflow.federation.PayloadRoom;
import io.fedflow.job.CacheLoaderComponent;
import io.fedflow.job.EngineParts;
import io.fedflow.job.IgnoredEvents;
import io.fedflow.job.InProcessTaskRunner;
import io.fedflow.job.InstanceTimes;
import io.fedflow.job.JobEngine;
import io.fedflow.job.JobIds;
import io.fedflow.job.SiteKey;
import io.fedflow.job.StoreRetries;
import io.fedflow.job.TaskArtifacts;
import io.fedflow.job.TaskCaches;
import io.fedflow.job.TaskCheckpoints;
import io.fedflow.job.TaskExecution;
import io.fedflow.job.TaskRunner;
import io.fedflow.memory.MemoryStores;
import io.fedflow.model.ModelManager;
import io.fedflow.model.StoredModelManager;
import io.fedflow.party.Party;
import io.fedflow.queue.JobEventBus;
import io.fedflow.queue.SlotLedger;
import io.fedflow.queue.StoredQueueManager;
import io.fedflow.spi.BlobStore;
import io.fedflow.spi.JobPolicy;
import io.fedflow.spi.PartyEntrance;
import io.fedflow.spi.PartyLink;
import io.fedflow.spi.PeerWatch;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TableStore;
import io.fedflow.spi.Telemetry;
import io.fedflow.spi.Timers;
import io.fedflow.tracking.StoredTrackingManager;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The settings of a site. Every setting has a default that suits embedding: stores in memory, all
 * parties in this process, the components that the class path offers. Not thread-safe.
 */
public final class FedflowBuilder {

  /**
   * How many parts of tasks run at once at a site: enough for a score of jobs with all their
   * parties here, few enough that their threads cost little.
   */
  public static final int DEFAULT_SLOTS = 64;

  /**
   * How long one federation message may take to come: longer than any single step of the shipped
   * components.
   */
  public static final Duration DEFAULT_RECEIVE_TIMEOUT = Duration.ofHours(1);

  /** How long a party may be unreachable: longer than the restart of its server takes. */
  public static final Duration DEFAULT_PEER_PATIENCE = Duration.ofSeconds(60);

  /** How long the store may be down: longer than a restart of a database and its repair take. */
  public static final Duration DEFAULT_STORE_PATIENCE = Duration.ofMinutes(10);

  private final List<Function<DataManager, Component>> own = new ArrayList<>();
  private ComponentCatalog catalog;
  private Stores stores;
  private Function<BlobStore, TableStore> tables = PlainTableStore::new;
  private BiFunction<PartyEntrance, Mailboxes, Links> links = Links::local;
  private int slots = DEFAULT_SLOTS;
  private int waitingJobs = SlotLedger.DEFAULT_MOST_WAITING;
  private Duration receiveTimeout = DEFAULT_RECEIVE_TIMEOUT;
  private Duration peerPatience = DEFAULT_PEER_PATIENCE;
  private PayloadRoom payloads = PayloadRoom.unbounded();
  private Path folder = Path.of(System.getProperty("java.io.tmpdir"));
  private Duration storePatience = DEFAULT_STORE_PATIENCE;
  private InstantSource clock = InstantSource.system();
  private Timers timers;
  private Executor turns;
  private ExecutorService tasks;
  private ExecutorService compute;
  private LongSupplier seeds;
  private JobIds ids;
  private InstanceTimes instanceTimes = InstanceTimes.DEFAULT;
  private JobPolicy policy = JobPolicy.ALLOW_ALL;
  private Telemetry telemetry = Telemetry.NONE;
  private Function<RunnerParts, TaskRunner> runners =
      parts -> new InProcessTaskRunner(parts.execution(), parts.mailboxes(), parts.threads());
  private int parallelism = Runtime.getRuntime().availableProcessors();

  FedflowBuilder() {}

  /** Replaces the components that the class path offers. */
  public FedflowBuilder components(ComponentCatalog given) {
    catalog = given;
    return this;
  }

  /** Adds a component. */
  public FedflowBuilder component(Component component) {
    own.add(data -> component);
    return this;
  }

  /** Adds a component that works on the site's tables. */
  public FedflowBuilder component(Function<DataManager, Component> made) {
    own.add(made);
    return this;
  }

  /** Sets the stores, which the site owns from now on: it closes them. */
  public FedflowBuilder stores(Stores given) {
    stores = given;
    return this;
  }

  /** Sets how rows of tables are kept among the blobs; by default in the plain format. */
  public FedflowBuilder tables(Function<BlobStore, TableStore> made) {
    tables = made;
    return this;
  }

  /** Sets how other parties are reached, given this site's own ends. */
  public FedflowBuilder links(BiFunction<PartyEntrance, Mailboxes, Links> made) {
    links = made;
    return this;
  }

  /**
   * Sets how many parts of tasks run at once at this site, each with a thread of its own for as
   * long as it runs; at least 1. A job asks for {@code task_parallelism} slots for each of its
   * parties, and is refused if its parties here ask for more than there are. See {@link
   * io.fedflow.queue.QueueManager#resize}.
   */
  public FedflowBuilder slots(int most) {
    slots = most;
    return this;
  }

  /** Sets how many jobs may wait at this site before it refuses further ones; at least 1. */
  public FedflowBuilder waitingJobs(int most) {
    waitingJobs = most;
    return this;
  }

  /** Sets where messages wait until tasks take them; by default in memory, however many. */
  public FedflowBuilder payloads(PayloadRoom room) {
    payloads = room;
    return this;
  }

  /**
   * Sets where components that pass rows on keep temporary files, as large as tables; made when it
   * is missing. By default the system's folder for such.
   */
  public FedflowBuilder folder(Path temporary) {
    folder = temporary;
    return this;
  }

  /** Sets how long one federation message may take to come. */
  public FedflowBuilder receiveTimeout(Duration timeout) {
    receiveTimeout = timeout;
    return this;
  }

  /**
   * Sets how long a party may be unreachable before what needs it fails: a command to it, and a
   * running job that it coordinates or takes part in.
   *
   * @throws IllegalArgumentException if negative
   */
  public FedflowBuilder peerPatience(Duration patience) {
    if (patience.isNegative()) {
      throw new IllegalArgumentException("peerPatience: found " + patience + ", allowed >= 0");
    }
    peerPatience = patience;
    return this;
  }

  /**
   * Sets how long the store may be down. Until then turns wait for it, new jobs are refused, and
   * all goes on once it is back; after that the site fails, see {@link Fedflow#health}.
   *
   * @throws IllegalArgumentException if negative
   */
  public FedflowBuilder storePatience(Duration patience) {
    if (patience.isNegative()) {
      throw new IllegalArgumentException("storePatience: found " + patience + ", allowed >= 0");
    }
    storePatience = patience;
    return this;
  }

  /**
   * Sets how many pieces of partition work run at once.
   *
   * @throws IllegalArgumentException if below 1
   */
  public FedflowBuilder parallelism(int width) {
    if (width < 1) {
      throw new IllegalArgumentException("parallelism: found " + width + ", allowed >= 1");
    }
    parallelism = width;
    return this;
  }

  /** Sets the wall clock. */
  public FedflowBuilder clock(InstantSource given) {
    clock = given;
    return this;
  }

  /** Sets what runs delays; the host ends it after the site. */
  public FedflowBuilder timers(Timers given) {
    timers = given;
    return this;
  }

  /**
   * Sets what runs the turns of jobs: short, never blocking work. The host ends it after the site.
   */
  public FedflowBuilder turnExecutor(Executor given) {
    turns = given;
    return this;
  }

  /**
   * Sets what gives every part of a task its thread, for its whole life and at once: an executor
   * that queues can deadlock, since parts wait for each other. Virtual threads suit. A pool with
   * fewer threads than jobs may run is refused by {@link #build}; one that suits has at least a
   * thread for every local party of every task that may run. The host ends it after the site.
   */
  public FedflowBuilder taskExecutor(ExecutorService given) {
    tasks = given;
    return this;
  }

  /** Sets what runs partition work. The host ends it after the site. */
  public FedflowBuilder computeExecutor(ExecutorService given) {
    compute = given;
    return this;
  }

  /** Sets what runs tasks, which the site closes; by default threads of this process. */
  public FedflowBuilder runner(Function<RunnerParts, TaskRunner> made) {
    runners = made;
    return this;
  }

  /** Sets where the seeds of jobs that give none come from. */
  public FedflowBuilder seeds(LongSupplier given) {
    seeds = given;
    return this;
  }

  /** Sets where the ids of jobs come from. */
  public FedflowBuilder ids(JobIds given) {
    ids = given;
    return this;
  }

  /** Sets how quickly instances that share stores notice that one is gone. */
  public FedflowBuilder instanceTimes(InstanceTimes times) {
    instanceTimes = times;
    return this;
  }

  /** Sets what decides whether parties of this site take part in a job; by default in every one. */
  public FedflowBuilder policy(JobPolicy given) {
    policy = given;
    return this;
  }

  /** Sets who is told what the site does; by default nobody. Its trouble is not that of jobs. */
  public FedflowBuilder telemetry(Telemetry given) {
    telemetry = given;
    return this;
  }

  /**
   * Starts the site.
   *
   * @throws IllegalArgumentException if the task executor has fewer threads than the site has slots
   */
  public Fedflow build() {
    SiteExecutors.requireWidth(tasks, slots);
    Stores kept = stores == null ? MemoryStores.create() : stores;
    SecureRandom entropy = new SecureRandom();
    SiteExecutors on = SiteExecutors.of(turns, tasks, compute, timers, parallelism);
    Mailboxes mailboxes = new Mailboxes(payloads);
    StoreRetries retries = new StoreRetries(on.timers(), clock, storePatience);
    StoredTrackingManager tracking = new StoredTrackingManager(kept.jobs(), kept.tracking());
    DataManager data =
        new StoredDataManager(kept.tables(), tables.apply(kept.blobs()), clock, UUID::randomUUID);
    ModelManager models =
        new StoredModelManager(kept.models(), kept.blobs(), clock, UUID::randomUUID);
    TaskCaches caches = new TaskCaches(kept.blobs());
    ComponentCatalog all =
        (catalog == null ? ComponentCatalog.discover() : catalog)
            .with(own.stream().map(made -> made.apply(data)).toList())
            .with(List.of(new CacheLoaderComponent(caches, tracking)));
    // The engine sends through the links, and the links deliver to the engine: one of the two must
    // come first.
    AtomicReference<JobEngine> engine = new AtomicReference<>();
    Links made = links.apply(new OwnLink(engine), mailboxes);
    TaskRunner runner =
        runners.apply(
            new RunnerParts(
                new TaskExecution(
                    all,
                    new TaskArtifacts(
                        data,
                        models,
                        tracking,
                        kept.tracking(),
                        new TaskCheckpoints(kept.blobs()),
                        caches),
                    kept.tracking(),
                    tracking,
                    made.federation(),
                    mailboxes,
                    on.compute(),
                    parallelism,
                    clock,
                    entropy,
                    new SiteKey(kept.blobs(), entropy),
                    receiveTimeout,
                    retries,
                    folder),
                mailboxes,
                on.tasks()));
    JobEventBus bus = new JobEventBus(kept.jobs(), on.timers());
    engine.set(
        new JobEngine(
            new EngineParts(
                kept,
                tracking,
                bus,
                new SlotLedger(slots, waitingJobs),
                runner,
                made.parties(),
                made.here(),
                all,
                clock,
                on.turns(),
                on.timers(),
                peerPatience,
                storePatience,
                new IgnoredEvents(),
                policy,
                telemetry,
                on.tasks(),
                made.peers()),
            data,
            models,
            new TaskCheckpoints(kept.blobs()),
            caches,
            ids == null ? new JobIds(clock, ZoneId.systemDefault()) : ids,
            seeds == null ? entropy::nextLong : seeds,
            instanceTimes));
    engine.get().watch(retries);
    mailboxes.acceptOnly(engine.get()::takesMessages);
    return new Fedflow(
        new SiteParts(
            engine.get(),
            tracking,
            data,
            models,
            new StoredQueueManager(engine.get().slots(), bus, kept.jobs(), engine.get()),
            all,
            mailboxes,
            runner,
            retries,
            on.owned(),
            kept));
  }

  /**
   * What a runner works with.
   *
   * @param execution what one part does
   * @param mailboxes holds arriving messages
   * @param threads gives every part a thread at once; owned by the site or its host
   */
  public record RunnerParts(
      TaskExecution execution, Mailboxes mailboxes, ExecutorService threads) {}

  /**
   * How parties are reached.
   *
   * @param parties carries commands
   * @param federation carries messages of tasks
   * @param here tells which parties live at this site
   * @param peers notices whether the sites of other parties answer
   */
  public record Links(
      PartyLink parties, FederationLink federation, Predicate<Party> here, PeerWatch peers) {

    /** Links that do not notice by themselves when a site is gone. */
    public Links(PartyLink parties, FederationLink federation, Predicate<Party> here) {
      this(parties, federation, here, PeerWatch.NONE);
    }

    /** Everybody lives in this process. */
    public static Links local(PartyLink own, Mailboxes mailboxes) {
      return new Links(own, mailboxes, party -> true);
    }
  }
}
