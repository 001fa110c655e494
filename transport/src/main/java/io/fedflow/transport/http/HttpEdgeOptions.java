package io.fedflow.transport.http;

import io.fedflow.permission.PermissionManager;
import io.fedflow.pipeline.Retention;
import io.fedflow.policy.SitePolicyCheck;
import io.fedflow.spi.AuditLog;
import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.SqlTables;
import io.fedflow.spi.TableFiles;
import io.fedflow.tracking.JobVersions;
import io.fedflow.transport.http.auth.AppKeys;
import io.fedflow.transport.http.outside.Keeping;
import io.fedflow.transport.http.outside.Outside;
import io.fedflow.transport.http.party.PartyNetwork;
import io.fedflow.transport.http.v1.PartyDirectory;
import io.fedflow.transport.http.v1.Template;
import io.fedflow.transport.http.v1.Versions;
import io.fedflow.transport.owner.JobOwners;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How an edge listens and what it bears. Immutable; build with {@link #builder}.
 *
 * @param host the address to listen on
 * @param reachable the address that clients are told, at which they find this server
 * @param port the port; 0 takes a free one
 * @param stagingFolder where uploads and archives lie while they are handled; made if missing
 * @param localDataFolders folders from which an upload may name a file on the server; empty refuses
 *     all
 * @param modelFolder where stored models are kept; empty refuses to store any
 * @param maxBodyBytes how large a request body in memory may be
 * @param maxUploadBytes how large an uploaded file may be
 * @param requestTimeout how long an answer may take
 * @param drainTimeout how long {@code close} waits for answers under way
 * @param heartbeat how often an idle event stream shows that it lives
 * @param maxStreamBytes how much an event stream may owe a slow reader before it is dropped
 * @param maxStreams how many event streams may be open
 * @param workers threads for blocking calls
 * @param zone the time zone of {@code …_date} columns
 * @param versions what the version routes tell
 * @param parties whom the server acts for, and who else is there
 * @param network the way to other parties' servers; empty if the server acts for every party
 * @param registry the servers of this site; empty if it has but this one
 * @param templates the examples that clients may take away
 * @param startup the steps of the start so far
 * @param permissions what other parties may do here; empty if nobody checks it
 * @param policy the site's own rules about jobs; empty if it has none
 * @param auditLog where it is kept who did what; empty if nowhere
 * @param clients who may ask, if clients have to sign their requests; empty lets everybody ask
 * @param notReady why the server should get no requests now; empty if it should
 * @param tableFiles reads files that are no text as tables
 * @param databases reads tables of databases
 * @param retention how long the site keeps what ended jobs left, for clients who name no times
 * @param jobOwners tells which server of this site has a job; empty if this one has all
 * @param jobVersions tells for how long answers about a job hold; empty if other processes write to
 *     the same stores, so that nobody can tell
 * @param warnings what whoever runs the server should know of it, such as that it is not protected;
 *     usually empty
 * @param metrics the metrics in Prometheus' text format; empty if none are kept; may block
 * @param outside what clients may reach outside of the site's own data
 * @param keeping where it is kept what clients say of others' services
 */
public record HttpEdgeOptions(
    String host,
    String reachable,
    int port,
    Path stagingFolder,
    List<Path> localDataFolders,
    Optional<Path> modelFolder,
    long maxBodyBytes,
    long maxUploadBytes,
    Duration requestTimeout,
    Duration drainTimeout,
    Duration heartbeat,
    long maxStreamBytes,
    int maxStreams,
    int workers,
    ZoneId zone,
    Versions versions,
    PartyDirectory parties,
    Optional<PartyNetwork> network,
    Optional<ServiceRegistry> registry,
    List<Template> templates,
    Supplier<List<StartupStep>> startup,
    Optional<PermissionManager> permissions,
    Optional<SitePolicyCheck> policy,
    Optional<AuditLog> auditLog,
    Optional<Supplier<AppKeys>> clients,
    Supplier<String> notReady,
    Supplier<List<String>> warnings,
    Supplier<String> metrics,
    Optional<JobVersions> jobVersions,
    Outside outside,
    Keeping keeping,
    TableFiles tableFiles,
    SqlTables databases,
    Retention retention,
    Optional<JobOwners> jobOwners) {

  /** FATE's port. */
  public static final int DEFAULT_PORT = 9380;

  /** Documents are far below; nothing that is read into memory needs more. */
  public static final long DEFAULT_MAX_BODY_BYTES = 16L << 20;

  /** A table that fills a large disk is a mistake, one of a hundred gigabytes may not be. */
  public static final long DEFAULT_MAX_UPLOAD_BYTES = 256L << 30;

  /** A job is created at all parties within seconds; tar files of large outputs take longer. */
  public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(60);

  /** Copies the lists. */
  public HttpEdgeOptions {
    localDataFolders = List.copyOf(localDataFolders);
    templates = List.copyOf(templates);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("HTTP port: found " + port + ", allowed 0..65535");
    }
    if (maxBodyBytes < 1 || maxUploadBytes < 1 || maxStreamBytes < 1) {
      throw new IllegalArgumentException("HTTP limits: bytes must be at least 1");
    }
    if (workers < 1 || maxStreams < 0) {
      throw new IllegalArgumentException("HTTP limits: at least one worker, no negative streams");
    }
  }

  /** Starts from the defaults; only the staging folder has none. */
  public static Builder builder(Path stagingFolder) {
    return new Builder(stagingFolder);
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {

    private final Path stagingFolder;
    private String host = "127.0.0.1";
    private Optional<String> reachable = Optional.empty();
    private int port = DEFAULT_PORT;
    private List<Path> localDataFolders = List.of();
    private Optional<Path> modelFolder = Optional.empty();
    private long maxBodyBytes = DEFAULT_MAX_BODY_BYTES;
    private long maxUploadBytes = DEFAULT_MAX_UPLOAD_BYTES;
    private Duration requestTimeout = DEFAULT_REQUEST_TIMEOUT;
    private Duration drainTimeout = Duration.ofSeconds(10);
    private Duration heartbeat = Duration.ofSeconds(15);
    private long maxStreamBytes = 4L << 20;
    private int maxStreams = 1000;
    private int workers = 8;
    private ZoneId zone = ZoneId.systemDefault();
    private Versions versions = Versions.of("fedflow", "0", 0);
    private PartyDirectory parties = PartyDirectory.EVERYBODY;
    private Optional<PartyNetwork> network = Optional.empty();
    private Optional<ServiceRegistry> registry = Optional.empty();
    private List<Template> templates = List.of();
    private Supplier<List<StartupStep>> startup = List::of;
    private Optional<PermissionManager> permissions = Optional.empty();
    private Optional<SitePolicyCheck> policy = Optional.empty();
    private Optional<AuditLog> auditLog = Optional.empty();
    private Optional<Supplier<AppKeys>> clients = Optional.empty();
    private Supplier<String> notReady = () -> "";
    private Supplier<List<String>> warnings = List::of;
    private Supplier<String> metrics = () -> "";
    private Optional<JobVersions> jobVersions = Optional.empty();
    private Outside outside = Outside.NOTHING;
    private Keeping keeping = Keeping.inMemory();
    private TableFiles tableFiles = TableFiles.NONE;
    private SqlTables databases = SqlTables.NONE;
    private Retention retention = Retention.ALL;
    private Optional<JobOwners> jobOwners = Optional.empty();

    private Builder(Path stagingFolder) {
      this.stagingFolder = stagingFolder;
    }

    /** Where to listen; port 0 takes a free one. */
    public Builder listen(String address, int number) {
      this.host = address;
      this.port = number;
      return this;
    }

    /** What clients are told instead of the address on which to listen, if that is no address. */
    public Builder reachable(String address) {
      this.reachable = Optional.of(address);
      return this;
    }

    /** Folders from which an upload may name a file on the server. */
    public Builder localDataFolders(List<Path> folders) {
      this.localDataFolders = folders;
      return this;
    }

    /** Where stored models are kept; by default none can be stored. */
    public Builder modelFolder(Path folder) {
      this.modelFolder = Optional.of(folder);
      return this;
    }

    /** How large a request body in memory may be. */
    public Builder maxBodyBytes(long bytes) {
      this.maxBodyBytes = bytes;
      return this;
    }

    /** How large an uploaded file may be. */
    public Builder maxUploadBytes(long bytes) {
      this.maxUploadBytes = bytes;
      return this;
    }

    /** How long an answer may take. */
    public Builder requestTimeout(Duration timeout) {
      this.requestTimeout = timeout;
      return this;
    }

    /** How long {@code close} waits for answers under way. */
    public Builder drainTimeout(Duration timeout) {
      this.drainTimeout = timeout;
      return this;
    }

    /** How often an idle event stream shows that it lives. */
    public Builder heartbeat(Duration interval) {
      this.heartbeat = interval;
      return this;
    }

    /** How many event streams may be open, and how much each may owe a slow reader. */
    public Builder streams(int most, long bytesEach) {
      this.maxStreams = most;
      this.maxStreamBytes = bytesEach;
      return this;
    }

    /** Threads for blocking calls. */
    public Builder workers(int threads) {
      this.workers = threads;
      return this;
    }

    /** The time zone of {@code …_date} columns. */
    public Builder zone(ZoneId timeZone) {
      this.zone = timeZone;
      return this;
    }

    /** What the version routes tell. */
    public Builder versions(Versions told) {
      this.versions = told;
      return this;
    }

    /** Whom the server acts for, and who else is there; by default it acts for every party. */
    public Builder parties(PartyDirectory directory) {
      this.parties = directory;
      return this;
    }

    /** The way to other parties' servers; by default there are none. */
    public Builder network(PartyNetwork others) {
      this.network = Optional.of(others);
      return this;
    }

    /** The servers of this site; by default it has but this one. */
    public Builder registry(ServiceRegistry servers) {
      this.registry = Optional.of(servers);
      return this;
    }

    /** The examples that clients may take away; by default none. */
    public Builder templates(List<Template> examples) {
      this.templates = examples;
      return this;
    }

    /** The steps of the start so far. */
    public Builder startup(Supplier<List<StartupStep>> steps) {
      this.startup = steps;
      return this;
    }

    /** What other parties may do here; by default nobody checks it. */
    public Builder permissions(PermissionManager checked) {
      this.permissions = Optional.of(checked);
      return this;
    }

    /** The site's own rules about jobs, which reviews of jobs tell of; by default none. */
    public Builder policy(SitePolicyCheck rules) {
      this.policy = Optional.of(rules);
      return this;
    }

    /** Where it is kept who did what; by default nowhere. Whoever opened it closes it. */
    public Builder auditLog(AuditLog kept) {
      this.auditLog = Optional.of(kept);
      return this;
    }

    /** Who may ask, with signed requests; by default everybody may, without. */
    public Builder clients(AppKeys keys) {
      return clients(() -> keys);
    }

    /** The same, where the clients may change; what gives them never blocks. */
    public Builder clients(Supplier<AppKeys> keys) {
      this.clients = Optional.of(keys);
      return this;
    }

    /** Why the server should get no requests now; empty if it should. */
    public Builder notReady(Supplier<String> reason) {
      this.notReady = reason;
      return this;
    }

    /** What whoever runs the server should know of it; by default nothing. */
    public Builder warnings(Supplier<List<String>> texts) {
      this.warnings = texts;
      return this;
    }

    /** The metrics in Prometheus' text format, which may block; by default none are kept. */
    public Builder metrics(Supplier<String> text) {
      this.metrics = text;
      return this;
    }

    /** What clients may reach outside of the site's own data; by default nothing. */
    public Builder outside(Outside allowed) {
      this.outside = allowed;
      return this;
    }

    /** Where it is kept what clients say of others' services; by default in memory. */
    public Builder keeping(Keeping place) {
      this.keeping = place;
      return this;
    }

    /** Reads files that are no text as tables; by default there are none such. */
    public Builder tableFiles(TableFiles readers) {
      this.tableFiles = readers;
      return this;
    }

    /** Reads tables of databases; by default of none. */
    public Builder databases(SqlTables readers) {
      this.databases = readers;
      return this;
    }

    /** Tells for how long answers about a job hold; by default every one is made anew. */
    public Builder jobVersions(JobVersions versionsOfJobs) {
      this.jobVersions = Optional.of(versionsOfJobs);
      return this;
    }

    /** How long the site keeps what ended jobs left; by default for good. */
    public Builder retention(Retention times) {
      this.retention = times;
      return this;
    }

    /** Tells which server of this site has a job, if several share its stores. */
    public Builder jobOwners(JobOwners owners) {
      this.jobOwners = Optional.of(owners);
      return this;
    }

    /** The options, checked. */
    public HttpEdgeOptions build() {
      return new HttpEdgeOptions(
          host,
          reachable.orElse(host),
          port,
          stagingFolder,
          localDataFolders,
          modelFolder,
          maxBodyBytes,
          maxUploadBytes,
          requestTimeout,
          drainTimeout,
          heartbeat,
          maxStreamBytes,
          maxStreams,
          workers,
          zone,
          versions,
          parties,
          network,
          registry,
          templates,
          startup,
          permissions,
          policy,
          auditLog,
          clients,
          notReady,
          warnings,
          metrics,
          jobVersions,
          outside,
          keeping,
          tableFiles,
          databases,
          retention,
          jobOwners);
    }
  }
}
