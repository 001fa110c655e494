package io.fedflow.server;

import io.fedflow.Fedflow;
import io.fedflow.FedflowBuilder;
import io.fedflow.audit.Actor;
import io.fedflow.audit.AuditEvent.Outcome;
import io.fedflow.audit.AuditTrail;
import io.fedflow.audit.FileAuditLog;
import io.fedflow.data.Stages;
import io.fedflow.data.UploadComponent;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.PayloadRoom;
import io.fedflow.identity.IdentityFolder;
import io.fedflow.identity.LiveIdentity;
import io.fedflow.job.AttemptFolder;
import io.fedflow.job.SiteHealth;
import io.fedflow.job.StoreOutage;
import io.fedflow.key.StoredPartnerKeys;
import io.fedflow.memory.ThreadTimers;
import io.fedflow.model.ModelLoaderComponent;
import io.fedflow.permission.GrantPolicy;
import io.fedflow.permission.PermissionManager;
import io.fedflow.permission.StoredPermissions;
import io.fedflow.policy.JoinedPolicies;
import io.fedflow.policy.SitePolicyCheck;
import io.fedflow.policy.StoredRowCounts;
import io.fedflow.spi.AuditLog;
import io.fedflow.spi.JobPolicy;
import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.SiteInstances;
import io.fedflow.spi.SiteServer;
import io.fedflow.spi.SqlTables;
import io.fedflow.spi.Stores;
import io.fedflow.spi.Telemetry;
import io.fedflow.spi.Timers;
import io.fedflow.telemetry.otel.SpanTelemetry;
import io.fedflow.tracking.JobVersions;
import io.fedflow.transport.http.HttpEdge;
import io.fedflow.transport.http.HttpEdgeOptions;
import io.fedflow.transport.http.export.DownloadComponent;
import io.fedflow.transport.http.export.ExportFolders;
import io.fedflow.transport.http.export.WriterComponent;
import io.fedflow.transport.http.modelfile.ModelPlaces;
import io.fedflow.transport.http.modelfile.ModelRestoreComponent;
import io.fedflow.transport.http.modelfile.ModelStoreComponent;
import io.fedflow.transport.http.outside.Keeping;
import io.fedflow.transport.http.outside.SecretBox;
import io.fedflow.transport.http.v1.PartyDirectory;
import io.fedflow.transport.http.v1.Versions;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.fedflow.transport.route.LiveRoutes;
import io.fedflow.transport.route.RouteFile;
import io.fedflow.transport.route.RoutingTable;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;

/**
 * A running server: a site with stores, an HTTP edge and, if it acts for named parties, a gRPC
 * port. Starts in steps that {@code /health/startup} tells; ends once, on {@link #close} or when
 * the process is asked to end. Thread-safe.
 */
public final class FedflowServer implements AutoCloseable {

  /** How many bytes of messages may wait in files. */
  private static final long MOST_SPILLED = 64L << 30;

  /** The exit code after a failure of the site; that of a failed start is 1. */
  public static final int FAILED_EXIT = 70;

  private static final Logger LOG = System.getLogger(FedflowServer.class.getName());

  private final ServerOptions options;
  private final UnaryOperator<Stores> through;
  private final Timers exitTimers;
  private final Startup startup = new Startup();
  private final Closers closers = new Closers();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final JsonCodec codec = new JacksonJsonCodec();
  private final ServerMetrics metrics = new ServerMetrics();
  private Path staging;
  private ServerTables tables;
  private AuditLog audit;
  private Vertx vertx;
  private LiveRoutes routes;
  private ServiceRegistry registry;
  private SiteInstances instances;
  // Tasks ask for it, on threads of their own.
  private volatile Fedflow site;
  private PermissionManager permissions;
  private JobVersions jobVersions;
  private PolicyFile policy;
  private SitePolicyCheck rules;
  private Keeping keeping;
  private volatile SiteProof proof;
  private Optional<ClientKeysFile> clients = Optional.empty();
  private volatile String unready = "the server is starting";
  private volatile int exitCode;
  private int grpcPort;
  private int httpPort;

  private FedflowServer(ServerOptions options, UnaryOperator<Stores> through, Timers exitTimers) {
    this.options = options;
    this.through = through;
    this.exitTimers = exitTimers;
  }

  /**
   * Starts a server; blocks until it answers.
   *
   * @throws StartupFailure naming the step; whatever was opened before it is closed again
   */
  public static FedflowServer start(ServerOptions options) throws StartupFailure {
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(FedflowServer::timerThread);
    try {
      FedflowServer server = start(options, UnaryOperator.identity(), new ThreadTimers(timer));
      server.closers.addLast("exit timer", timer::shutdownNow);
      return server;
    } catch (StartupFailure | RuntimeException e) {
      timer.shutdownNow();
      throw e;
    }
  }

  /**
   * Starts a server with a store and a time of somebody else's.
   *
   * @param through what the site sees of the stores
   * @param exitTimers runs the exit delay
   */
  static FedflowServer start(
      ServerOptions options, UnaryOperator<Stores> through, Timers exitTimers)
      throws StartupFailure {
    FedflowServer server = new FedflowServer(options, through, exitTimers);
    try {
      server.start();
    } catch (StartupFailure | RuntimeException e) {
      server.closers.closeAll();
      server.ended.countDown();
      throw e;
    }
    return server;
  }

  private void start() throws StartupFailure {
    startup.step("environment and configuration", this::environment);
    Stores stores = startup.step("stores and tables", this::stores);
    proof =
        startup.step(
            "identity", () -> SiteProof.of(options, new StoredPartnerKeys(stores.blobs())));
    clients = startup.step("clients", () -> options.clientAuth().map(ClientKeysFile::new));
    warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
    audit = startup.step("audit log", this::auditLog);
    PartyPort parties = new PartyPort(vertx, options, routes, codec, proof, new AuditTrail(audit));
    site = startup.step("managers", () -> managers(stores, parties));
    startup.step("policy", this::policy);
    startup.step("signals", this::signals);
    startup.step("job environment", this::jobEnvironment);
    startup.step("recovery", this::recovery);
    startup.step("scheduler", this::scheduler);
    grpcPort = startup.step("gRPC", () -> grpc(parties));
    httpPort = startup.step("HTTP", () -> http(parties));
    unready = "";
    FailureExit exit = new FailureExit(exitTimers, options.exitDelay(), this::exitFailed);
    site.health().failed().thenAccept(exit::failed);
    LOG.log(Level.INFO, () -> "ready at " + url());
  }

  private static Thread timerThread(Runnable work) {
    Thread thread = new Thread(work, "fedflow-exit-timer");
    thread.setDaemon(true);
    return thread;
  }

  private void exitFailed() {
    exitCode = FAILED_EXIT;
    new Thread(this::close, "fedflow-stop").start();
  }

  /** Why the server should get no requests; empty if it should. */
  private String unready() {
    String told = unready;
    if (!told.isEmpty()) {
      return told;
    }
    SiteHealth health = site.health();
    return health
        .failure()
        .map(FedflowException::getMessage)
        .or(() -> health.storeOutage().map(StoreOutage::text))
        .orElse("");
  }

  private Void environment() throws Exception {
    closers.add("metrics", metrics);
    staging = options.dataDir().resolve("staging");
    Files.createDirectories(staging);
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    closers.add("event loops", () -> Await.result(vertx.close()));
    RouteFile file =
        new RouteFile(options.routesFile().orElse(options.dataDir().resolve("routes.json")), codec);
    if (!options.standalone()) {
      routes =
          new LiveRoutes(RoutingTable.of(options.routes()), file, options.routesFile().isPresent());
    }
    return null;
  }

  private Stores stores() throws Exception {
    tables = ServerTables.open(options);
    closers.add("tables", tables);
    Stores stores = watched(through.apply(ServerStores.open(options, vertx, codec)));
    // Until the site owns them, the start does: the site's own end closes them otherwise.
    closers.add("stores", () -> closeUnowned(stores));
    registry = options.registry().open(stores, codec);
    instances = stores.instances();
    return stores;
  }

  /** Ends after all that is recorded in it. */
  private AuditLog auditLog() throws Exception {
    AuditLog log = FileAuditLog.open(options.auditFolder(), InstantSource.system());
    closers.add("audit log", () -> endOf(log));
    AuditTrail trail = new AuditTrail(log);
    Stages.join(trail.note(Actor.SITE, "server.start", "", Outcome.DONE, Product.version()));
    LOG.log(Level.INFO, () -> "audit log ends with " + log.head());
    return log;
  }

  private static void endOf(AuditLog log) {
    try {
      Stages.join(new AuditTrail(log).note(Actor.SITE, "server.stop", "", Outcome.DONE, ""));
      LOG.log(Level.INFO, () -> "audit log ends with " + log.head());
    } finally {
      log.close();
    }
  }

  /** Only a folder belongs to one server: other servers may write to the same database. */
  private Stores watched(Stores stores) {
    if (!ServerStores.sole(options)) {
      return stores;
    }
    jobVersions = new JobVersions();
    return jobVersions.watching(stores);
  }

  private void closeUnowned(Stores stores) {
    if (site == null) {
      stores.close();
    }
  }

  /** What happens is counted, and told as spans if somebody collects them. */
  private Telemetry telemetry() {
    if (options.traces().isEmpty()) {
      return metrics.telemetry();
    }
    SpanTelemetry spans = TraceExport.to(options.traces().get(), options.parties());
    closers.add("export of traces", spans);
    return Telemetry.all(List.of(metrics.telemetry(), spans));
  }

  private PayloadRoom payloads() {
    try {
      return PayloadRoom.bounded(
          options.messageMemory(), MOST_SPILLED, options.dataDir().resolve("messages"));
    } catch (IOException unusable) {
      throw new UncheckedIOException(
          "the folder of waiting messages cannot be used: " + unusable.getMessage(), unusable);
    }
  }

  private Fedflow managers(Stores stores, PartyPort parties) {
    ExportFolders exports = new ExportFolders(options.outside().exportFolders());
    keeping = new Keeping(stores.blobs(), SecretBox.of(options.dataDir().resolve("connector.key")));
    Path temporary = options.dataDir().resolve("rows");
    AttemptFolder.clear(temporary);
    FedflowBuilder builder =
        Fedflow.builder()
            .stores(stores)
            .tables(tables::store)
            .telemetry(telemetry())
            .storePatience(options.storePatience())
            .instanceTimes(options.instances())
            .peerPatience(options.peers().patience())
            .payloads(payloads())
            .folder(temporary)
            .runner(options.tasks()::runner)
            .slots(options.slots())
            .component(
                data -> new UploadComponent(data, staging, options.localFiles(), tables.files()))
            .component(data -> new DownloadComponent(data, exports))
            .component(data -> new WriterComponent(data, exports))
            .component(data -> new ModelLoaderComponent(() -> site));
    ModelPlaces models =
        ModelPlaces.of(
            options.modelFolder(),
            options.outside().buckets(),
            vertx,
            staging,
            InstantSource.system());
    options.outside().buckets().problems().forEach(why -> LOG.log(Level.WARNING, why));
    if (!models.isEmpty()) {
      builder
          .component(data -> new ModelStoreComponent(() -> site, codec, models))
          .component(
              data -> new ModelRestoreComponent(() -> site, codec, models, InstantSource.system()));
    }
    builder.policy(new JoinedPolicies(policies(stores)));
    if (!options.standalone()) {
      builder.links(parties::link);
      metrics.watch(parties::pulses);
      closers.add("links to other parties", parties::closeLinks);
    }
    Fedflow built = builder.build();
    closers.add("managers and tasks", built);
    metrics.watch(built);
    return built;
  }

  private List<JobPolicy> policies(Stores stores) {
    Executor blocking = work -> vertx.executeBlocking(Executors.callable(work), false);
    List<JobPolicy> policies = new ArrayList<>();
    if (options.permissions()) {
      permissions = new StoredPermissions(stores.blobs());
      policies.add(new GrantPolicy(permissions, () -> site.components(), blocking));
    }
    if (options.policy().isPresent()) {
      rules =
          new SitePolicyCheck(
              () -> policy.current(),
              () -> site.components(),
              (at, table) -> new StoredRowCounts(site.data(), site.tracking()).of(at, table),
              blocking);
      policies.add(rules);
    }
    return policies;
  }

  /** After the managers, since rules name components; before anything asks. */
  private Void policy() {
    options
        .policy()
        .ifPresent(
            file -> {
              policy = new PolicyFile(file, codec, site.components(), new AuditTrail(audit));
              FileWatch watch = new FileWatch(vertx, policy::current);
              closers.add("watch over the policy", watch);
              watch.start();
            });
    return null;
  }

  private Void signals() {
    Thread hook = new Thread(this::close, "fedflow-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    closers.add("signals", () -> forget(hook));
    return null;
  }

  private static void forget(Thread hook) {
    if (Thread.currentThread() != hook) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException alreadyEnding) {
        // The hook itself will find nothing left to close.
      }
    }
  }

  private Void jobEnvironment() {
    LOG.log(
        Level.INFO,
        () ->
            (options.standalone()
                    ? "acts for every party that a job names"
                    : "acts for parties " + options.parties() + ", routes to " + routes.get())
                + "; "
                + site.queue().capacity()
                + " slots; tasks run on "
                + options.tasks()
                + "; components "
                + site.components().names());
    return null;
  }

  private Void recovery() {
    site.recover();
    return null;
  }

  private Void scheduler() {
    LOG.log(
        Level.INFO,
        () ->
            site.queue().running().size()
                + " jobs run, "
                + site.queue().waiting().size()
                + " wait in the queue");
    return null;
  }

  private int grpc(PartyPort parties) throws Exception {
    if (options.standalone()) {
      return 0;
    }
    if (instances.shared()) {
      parties.share(owners());
    }
    int port =
        BusyPort.explained("--grpc-port", options.host(), options.grpcPort(), parties::listen);
    closers.add("gRPC", parties::stopListening);
    FileWatch watch = new FileWatch(vertx, routes::poll);
    closers.add("watch over routes", watch);
    watch.start();
    proof.identity().ifPresent(this::watchIdentity);
    return port;
  }

  private SharedJobs owners() {
    return new SharedJobs(() -> site, instances, registry, InstantSource.system());
  }

  private void watchIdentity(LiveIdentity identity) {
    metrics.watch(identity);
    FileWatch watch =
        new FileWatch(
            vertx,
            new IdentityWatch(
                    new IdentityFolder(options.identity()),
                    identity,
                    options.parties(),
                    InstantSource.system())
                ::look);
    closers.add("watch over the identity", watch);
    watch.start();
  }

  private int http(PartyPort parties) throws Exception {
    // Others find the owner of a job in the registry.
    String instance = instances.shared() ? instances.id() : UUID.randomUUID().toString();
    HttpEdgeOptions.Builder edgeOptions =
        HttpEdgeOptions.builder(staging)
            .listen(options.host(), options.httpPort())
            .reachable(options.reachableHost())
            .localDataFolders(options.localFiles())
            .tableFiles(tables.files())
            .databases(ServiceLoader.load(SqlTables.class).findFirst().orElse(SqlTables.NONE))
            .versions(Versions.of(instance, Product.version(), grpcPort))
            .parties(options.standalone() ? PartyDirectory.EVERYBODY : parties)
            .templates(ExampleTemplates.all())
            .startup(startup::steps)
            .notReady(this::unready)
            .warnings(this::warnings)
            .metrics(metrics::text)
            .registry(registry)
            .outside(options.outside())
            .keeping(keeping)
            .retention(options.retention())
            .auditLog(audit);
    options.modelFolder().ifPresent(edgeOptions::modelFolder);
    clients.ifPresent(this::watchClients);
    clients.ifPresent(edgeOptions::clients);
    if (!options.standalone()) {
      edgeOptions.network(parties);
    }
    if (rules != null) {
      edgeOptions.policy(rules);
    }
    if (permissions != null) {
      edgeOptions.permissions(permissions);
    }
    if (instances.shared()) {
      edgeOptions.jobOwners(owners());
    }
    if (jobVersions != null) {
      edgeOptions.jobVersions(jobVersions);
    }
    HttpEdge edge = new HttpEdge(site, codec, edgeOptions.build());
    closers.add("HTTP", () -> Await.result(edge.close()));
    int port =
        BusyPort.explained(
            "--http-port",
            options.host(),
            options.httpPort(),
            () -> Await.result(edge.start(vertx)));
    register(instance, port);
    Sweeper sweeper = new Sweeper(vertx, site, options.retention(), Sweeper.EACH);
    closers.add("cleaning of old results", sweeper);
    sweeper.start(Sweeper.FIRST);
    // Ends first: until then the end of a job can be seen by whoever waits for it.
    closers.add("running jobs", this::drainJobs);
    return port;
  }

  private void watchClients(ClientKeysFile keys) {
    AuditTrail trail = new AuditTrail(audit);
    FileWatch watch = new FileWatch(vertx, () -> keys.look(trail));
    closers.add("watch over the clients", watch);
    watch.start();
  }

  private void register(String instance, int port) {
    InstantSource clock = InstantSource.system();
    SiteServer self =
        new SiteServer(
            instance,
            options.reachableHost(),
            port,
            grpcPort,
            "fedflow/" + Product.version(),
            clock.millis());
    Registration registration = new Registration(vertx, registry, self, clock, Registration.LEASE);
    closers.add("registration", registration::end);
    registration.start();
  }

  private void drainJobs() throws Exception {
    // A failed site cannot store the end of any job.
    if (site.health().failure().isEmpty()) {
      new RunningJobs(site).await(options.drain());
    }
  }

  /** What whoever runs this server should know of it; usually nothing. */
  public List<String> warnings() {
    List<String> all = new ArrayList<>(proof.warnings(options));
    if (instances.shared() && options.reachableNowhere()) {
      all.add(
          "--advertise: the other servers of this site are told "
              + options.reachableHost()
              + ", at which each of them finds itself; name an address at which they find this"
              + " server");
    }
    all.addAll(options.outside().buckets().warnings());
    return List.copyOf(all);
  }

  /** SHA-256 of the certificate that other parties see; empty if they see none. */
  String certificate() {
    return proof.identity().map(live -> live.site().self().fingerprint()).orElse("");
  }

  /** Where clients find this server. */
  public String url() {
    return "http://" + options.reachableHost() + ':' + httpPort;
  }

  /** The real port for clients. */
  public int httpPort() {
    return httpPort;
  }

  /** The real port for other parties; 0 in standalone mode. */
  public int grpcPort() {
    return grpcPort;
  }

  /** The site behind the edges. */
  public Fedflow site() {
    return site;
  }

  /**
   * Waits until the server ended.
   *
   * @return the exit code of a process that only runs this server: 0, or {@link #FAILED_EXIT} after
   *     a failure of the site
   */
  public int awaitEnd() throws InterruptedException {
    ended.await();
    return exitCode;
  }

  /** Refuses new jobs, lets running ones end for a while, then ends everything. */
  @Override
  public void close() {
    unready = "the server is going down";
    if (site != null) {
      site.takeNoMoreJobs(unready);
    }
    closers.closeAll();
    ended.countDown();
  }
}
