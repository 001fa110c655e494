package io.fedflow.transport.client;

import io.fedflow.transport.json.JacksonJsonCodec;
import java.time.InstantSource;
import java.util.Map;

/**
 * FATE's FlowClient in Java: the same groups, methods, paths and bodies, against a server of either
 * make. Every call sends at once and gives a {@link Pending}: chain its stage, or wait for it. An
 * {@link Answer} tells of refusals by its {@code retcode}; a call fails only if no answer came, and
 * a download also if it was refused. Thread-safe.
 *
 * <p>{@link FlowHttpClient} is the one for what only Fedflow's own servers can: following jobs,
 * explaining them.
 */
public final class FlowClient {

  private final FlowRoutes routes;
  private final JobGroup job;
  private final ComponentGroup component;
  private final DataGroup data;
  private final QueueGroup queue;
  private final TableGroup table;
  private final TaskGroup task;
  private final ModelGroup model;
  private final TagGroup tag;
  private final PrivilegeGroup privilege;
  private final ProviderGroup provider;
  private final ResourceGroup resource;
  private final CheckpointGroup checkpoint;
  private final TemplateGroup template;
  private final VersionGroup version;

  /** A client of a server with the usual patience, unsigned. */
  public FlowClient(String ip, int port, String version) {
    this(FlowOptions.of(ip, port).withVersion(version));
  }

  /** A client that works as the options say. */
  public FlowClient(FlowOptions options) {
    this(options, signer(options));
  }

  FlowClient(FlowOptions options, RequestSigner signer) {
    this.routes =
        new FlowRoutes(options, new Wire(options.connection(), new JacksonJsonCodec()), signer);
    this.job = new JobGroup(routes);
    this.component = new ComponentGroup(routes);
    this.data = new DataGroup(routes);
    this.queue = new QueueGroup(routes);
    this.table = new TableGroup(routes);
    this.task = new TaskGroup(routes);
    this.model = new ModelGroup(routes);
    this.tag = new TagGroup(routes);
    this.privilege = new PrivilegeGroup(routes);
    this.provider = new ProviderGroup(routes);
    this.resource = new ResourceGroup(routes);
    this.checkpoint = new CheckpointGroup(routes);
    this.template = new TemplateGroup(routes);
    this.version = new VersionGroup(routes);
  }

  /** Jobs. */
  public JobGroup job() {
    return job;
  }

  /** Components of jobs. */
  public ComponentGroup component() {
    return component;
  }

  /** Uploads and downloads. */
  public DataGroup data() {
    return data;
  }

  /** The queue. */
  public QueueGroup queue() {
    return queue;
  }

  /** Stored tables. */
  public TableGroup table() {
    return table;
  }

  /** Tasks. */
  public TaskGroup task() {
    return task;
  }

  /** Stored models. */
  public ModelGroup model() {
    return model;
  }

  /** Tags of models. */
  public TagGroup tag() {
    return tag;
  }

  /** What other parties may use. */
  public PrivilegeGroup privilege() {
    return privilege;
  }

  /** Providers of components. */
  public ProviderGroup provider() {
    return provider;
  }

  /** Resources. */
  public ResourceGroup resource() {
    return resource;
  }

  /** Steps of trainings. */
  public CheckpointGroup checkpoint() {
    return checkpoint;
  }

  /** Examples. */
  public TemplateGroup template() {
    return template;
  }

  /** Versions. */
  public VersionGroup version() {
    return version;
  }

  /** {@link #privilege}, as FATE's documentation often spells it. */
  public PrivilegeGroup priviledge() {
    return privilege;
  }

  /** Any other route by POST, sent once. */
  public Pending<Answer> call(String path, Map<String, ?> body) {
    return routes.write(path, Fields.none().all(body));
  }

  private static RequestSigner signer(FlowOptions options) {
    InstantSource clock = InstantSource.system();
    return options.keys() == null
        ? null
        : new RequestSigner(options.keys(), clock, new TimeUuids(clock));
  }
}
