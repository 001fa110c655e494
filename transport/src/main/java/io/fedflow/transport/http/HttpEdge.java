package io.fedflow.transport.http;

import io.fedflow.Site;
import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.http.api.OpenApiController;
import io.fedflow.transport.http.auth.ClientAuthentication;
import io.fedflow.transport.http.auth.ClientVerifier;
import io.fedflow.transport.http.auth.RefusedClients;
import io.fedflow.transport.http.board.AuditController;
import io.fedflow.transport.http.board.EventStreams;
import io.fedflow.transport.http.board.EventsController;
import io.fedflow.transport.http.board.JobLogController;
import io.fedflow.transport.http.board.JobsController;
import io.fedflow.transport.http.board.LogSearchController;
import io.fedflow.transport.http.board.PageController;
import io.fedflow.transport.http.board.QueueController;
import io.fedflow.transport.http.board.RetentionController;
import io.fedflow.transport.http.export.ExportController;
import io.fedflow.transport.http.modelfile.ArchiveLimits;
import io.fedflow.transport.http.modelfile.ModelImport;
import io.fedflow.transport.http.outside.Admins;
import io.fedflow.transport.http.outside.ConnectorController;
import io.fedflow.transport.http.outside.ForwardController;
import io.fedflow.transport.http.outside.ServicesController;
import io.fedflow.transport.http.outside.SqlAddresses;
import io.fedflow.transport.http.outside.StoredConnectors;
import io.fedflow.transport.http.owner.OwnedRequests;
import io.fedflow.transport.http.party.PartiesController;
import io.fedflow.transport.http.upload.BindController;
import io.fedflow.transport.http.upload.ModelImportController;
import io.fedflow.transport.http.upload.Staging;
import io.fedflow.transport.http.upload.UploadController;
import io.fedflow.transport.http.v1.CheckpointController;
import io.fedflow.transport.http.v1.ComponentController;
import io.fedflow.transport.http.v1.JobController;
import io.fedflow.transport.http.v1.KeyController;
import io.fedflow.transport.http.v1.LineageController;
import io.fedflow.transport.http.v1.ListController;
import io.fedflow.transport.http.v1.LogController;
import io.fedflow.transport.http.v1.LogPageController;
import io.fedflow.transport.http.v1.MetricController;
import io.fedflow.transport.http.v1.ModelDeleteController;
import io.fedflow.transport.http.v1.ModelDeployController;
import io.fedflow.transport.http.v1.ModelDiffController;
import io.fedflow.transport.http.v1.ModelExportController;
import io.fedflow.transport.http.v1.ModelInfoController;
import io.fedflow.transport.http.v1.ModelMigrateController;
import io.fedflow.transport.http.v1.ModelPackagingController;
import io.fedflow.transport.http.v1.ModelServingController;
import io.fedflow.transport.http.v1.ModelStoreController;
import io.fedflow.transport.http.v1.ModelTagController;
import io.fedflow.transport.http.v1.ModelTransferController;
import io.fedflow.transport.http.v1.OutputController;
import io.fedflow.transport.http.v1.PartyModelController;
import io.fedflow.transport.http.v1.PermissionController;
import io.fedflow.transport.http.v1.PlanController;
import io.fedflow.transport.http.v1.PredictDocumentsController;
import io.fedflow.transport.http.v1.PredictDslController;
import io.fedflow.transport.http.v1.RegistryController;
import io.fedflow.transport.http.v1.ReportController;
import io.fedflow.transport.http.v1.ResourceController;
import io.fedflow.transport.http.v1.ServerController;
import io.fedflow.transport.http.v1.TableController;
import io.fedflow.transport.http.v1.TableDownloadController;
import io.fedflow.transport.http.v1.TableSchemaController;
import io.fedflow.transport.http.v1.TableSwitchController;
import io.fedflow.transport.http.v1.TagController;
import io.fedflow.transport.http.v1.TaskController;
import io.fedflow.transport.http.v1.TemplateController;
import io.fedflow.transport.http.v1.UnbuiltController;
import io.fedflow.transport.http.v1.UploadHistoryController;
import io.fedflow.transport.http.v1.ValidationController;
import io.fedflow.transport.http.v1.VersionController;
import io.fedflow.transport.http.v1.WoeController;
import io.fedflow.transport.http.wire.AnswerCache;
import io.fedflow.transport.http.wire.Auditing;
import io.fedflow.transport.http.wire.Controller;
import io.fedflow.transport.http.wire.Mounted;
import io.fedflow.transport.http.wire.RequestIds;
import io.fedflow.transport.http.wire.RouteListener;
import io.fedflow.transport.http.wire.Routes;
import io.fedflow.transport.http.wire.SameOrigin;
import io.fedflow.transport.http.wire.Strays;
import io.fedflow.transport.http.wire.Workers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP door of a site: FATE's routes, ours, and the page. Start once, close once; both may be
 * called from any thread.
 */
public final class HttpEdge {

  /** FATE's clients put a whole configuration into the query string of an upload. */
  private static final int MAX_REQUEST_LINE = 64 << 10;

  private static final int MAX_HEADERS = 32 << 10;

  /** So many requests may wait for each worker before further ones are refused. */
  private static final int LINE_PER_WORKER = 64;

  /** What Vert.x does not warn of. */
  private static final int LONGEST_TRANSFER_DAYS = 1;

  private final Site site;
  private final JsonCodec codec;
  private final HttpEdgeOptions options;
  private final RouteListener listeners;
  private volatile int port;
  private volatile boolean draining;
  private HttpServer server;
  private Workers workers;
  private Workers transfers;
  private EventStreams streams;
  private OwnedRequests owned;
  private volatile List<Mounted> mounted = List.of();

  /** An edge before this site. */
  public HttpEdge(Site site, JsonCodec codec, HttpEdgeOptions options) {
    this(site, codec, options, RouteListener.NOBODY);
  }

  /** The same; the listeners hear which arguments routes ask for. */
  HttpEdge(Site site, JsonCodec codec, HttpEdgeOptions options, RouteListener listeners) {
    this.site = site;
    this.listeners = listeners;
    this.codec = codec;
    this.options = options;
  }

  /** Listens; completes with the real port. */
  public Future<Integer> start(Vertx vertx) {
    workers =
        new Workers(
            vertx.createSharedWorkerExecutor("fedflow-http", options.workers()),
            options.workers() * LINE_PER_WORKER);
    // Clients may read slowly: they must not keep others from their answers.
    transfers =
        new Workers(
            vertx.createSharedWorkerExecutor(
                "fedflow-http-transfers", options.workers(), LONGEST_TRANSFER_DAYS, TimeUnit.DAYS),
            options.workers() * LINE_PER_WORKER);
    streams =
        new EventStreams(
            vertx, options.maxStreams(), options.maxStreamBytes(), options.heartbeat());
    InstantSource clock = InstantSource.system();
    Staging staging =
        new Staging(
            options.stagingFolder(),
            site.queue(),
            work -> vertx.executeBlocking(() -> run(work), false));
    Router router = router(vertx, staging, clock);
    server = vertx.createHttpServer(serverOptions()).requestHandler(router);
    return vertx
        .executeBlocking(
            () -> {
              staging.prepare(clock.instant());
              return null;
            })
        .compose(ready -> server.listen())
        .map(
            listening -> {
              port = listening.actualPort();
              return port;
            });
  }

  /** The real port; 0 before the start. */
  public int port() {
    return port;
  }

  /** The routes; none before the start. */
  public List<Mounted> routes() {
    return mounted;
  }

  /** Refuses new requests, ends event streams, waits for answers under way. */
  public Future<Void> close() {
    draining = true;
    if (server == null) {
      return Future.succeededFuture();
    }
    streams.closeAll();
    return server
        .shutdown(options.drainTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .eventually(() -> owned == null ? Future.succeededFuture() : owned.close())
        .eventually(workers::close)
        .eventually(transfers::close);
  }

  private Router router(Vertx vertx, Staging staging, InstantSource clock) {
    Router router = Router.router(vertx);
    Routes routes =
        new Routes(
            router,
            vertx,
            codec,
            workers,
            transfers,
            new Routes.Limits(options.maxBodyBytes(), options.requestTimeout()),
            options.jobVersions().map(AnswerCache::new).orElse(null),
            listeners,
            new Auditing(options.auditLog().orElse(null)));
    router.route().handler(new RequestIds());
    router.route().handler(new SameOrigin(routes));
    options
        .clients()
        .ifPresent(
            keys ->
                router
                    .route()
                    .handler(
                        new ClientAuthentication(
                            new ClientVerifier(keys, clock),
                            routes,
                            new RefusedClients(options.auditLog(), clock))));
    options
        .jobOwners()
        .ifPresent(
            owners -> {
              owned = new OwnedRequests(vertx, owners, routes, codec);
              router.route().handler(owned);
            });
    controllers(vertx, staging, clock).forEach(controller -> controller.mount(routes));
    mounted = routes.mounted();
    return router;
  }

  private List<Controller> controllers(Vertx vertx, Staging staging, InstantSource clock) {
    ModelImport modelImport = new ModelImport(site, codec, ArchiveLimits.DEFAULT, clock);
    StoredConnectors connectors = new StoredConnectors(options.keeping(), codec);
    return List.of(
        new JobController(site, options.zone()),
        new TaskController(site, options.zone()),
        new ListController(site, options.zone()),
        new LogController(site, options.zone(), options.stagingFolder()),
        new LogPageController(site, options.zone()),
        new ReportController(site),
        new MetricController(site),
        new ComponentController(site),
        new OutputController(site, options.stagingFolder()),
        new PlanController(site),
        new PredictDslController(),
        new TableController(site),
        new TableDownloadController(site, options.stagingFolder()),
        new TableSwitchController(site),
        new TableSchemaController(site),
        new BindController(
            site,
            options.localDataFolders(),
            options.tableFiles(),
            options.databases(),
            new SqlAddresses(options.outside().sqlAddresses()),
            options.stagingFolder(),
            connectors),
        new LineageController(site),
        new UploadHistoryController(site),
        new RegistryController(site),
        new ValidationController(site),
        new ModelInfoController(site, options.zone()),
        new ModelDeployController(site),
        new PartyModelController(site),
        new ModelPackagingController(site, codec, options.modelFolder()),
        new CheckpointController(site, options.zone()),
        new PredictDocumentsController(site),
        new ModelServingController(site),
        new ModelExportController(site, codec, options.stagingFolder()),
        new ModelImportController(modelImport, vertx, staging, options.maxUploadBytes()),
        new ModelStoreController(
            site,
            options.modelFolder().isPresent()
                || !options.outside().buckets().addresses().isEmpty()),
        new ModelTransferController(site, codec),
        new ModelMigrateController(site),
        new ModelDeleteController(site),
        new ModelDiffController(site),
        new TagController(site),
        new ModelTagController(site),
        new ResourceController(site),
        new PermissionController(site, options.permissions()),
        new WoeController(site),
        new KeyController(site),
        new VersionController(
            options.versions(),
            options.reachable(),
            () -> port,
            options.parties(),
            options.registry(),
            clock),
        new PartiesController(options.network()),
        new ServerController(options.reachable(), () -> port, options.network()),
        new ServicesController(site, options.keeping().blobs(), codec, admins()),
        new ForwardController(options.outside().forwards(), options.parties(), vertx),
        new ConnectorController(connectors, new SqlAddresses(options.outside().sqlAddresses())),
        new ExportController(site, options.outside().exportFolders()),
        new UploadController(
            site, vertx, staging, options.maxUploadBytes(), options.localDataFolders()),
        new EventsController(site, streams),
        new JobsController(site, options.policy()),
        new QueueController(site),
        new AuditController(options.auditLog()),
        new JobLogController(site),
        new LogSearchController(site),
        new RetentionController(site, options.retention()),
        new HealthController(
            () -> draining ? "the server is going down" : options.notReady().get(),
            options.startup(),
            options.warnings()),
        new ScrapeController(options.metrics()),
        PageController.board(),
        PageController.api(),
        new TemplateController(options.templates(), options.stagingFolder()),
        new UnbuiltController(),
        new OpenApiController(codec, options.versions().product()),
        new Strays());
  }

  private Admins admins() {
    return new Admins(options.outside().admins(), options.permissions().isPresent());
  }

  private HttpServerOptions serverOptions() {
    long idle = 2 * Math.max(options.requestTimeout().toMillis(), options.heartbeat().toMillis());
    return new HttpServerOptions()
        .setHost(options.host())
        .setPort(options.port())
        .setMaxInitialLineLength(MAX_REQUEST_LINE)
        .setMaxHeaderSize(MAX_HEADERS)
        .setMaxFormAttributeSize(MAX_REQUEST_LINE)
        // curl waits a second for this before it sends a large file.
        .setHandle100ContinueAutomatically(true)
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        .setIdleTimeout((int) Math.min(Integer.MAX_VALUE, idle));
  }

  private static Void run(Runnable work) {
    work.run();
    return null;
  }
}
