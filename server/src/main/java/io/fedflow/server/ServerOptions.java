package io.fedflow.server;

import io.fedflow.FedflowBuilder;
import io.fedflow.job.InstanceTimes;
import io.fedflow.pipeline.Retention;
import io.fedflow.transport.http.outside.Outside;
import io.fedflow.transport.route.SiteAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a server is told at its start. Immutable; build with {@link #builder}.
 *
 * @param host the address to listen on
 * @param httpPort the port for clients; 0 takes a free one
 * @param grpcPort the port for other parties; 0 takes a free one; unused in standalone mode
 * @param dataDir the folder of the stores and of files under way
 * @param database {@code postgres://…}, or {@link #MEMORY}; empty keeps everything in the folder
 * @param parties the party ids that this server acts for; empty for every party a job names
 * @param routes where other parties are, by party id; they stand above those of the file
 * @param routesFile the file of further routes, which may change while the server runs; empty for
 *     {@code routes.json} in the folder, if there is one
 * @param relay whether calls of other parties for parties that this server does not act for are
 *     forwarded along its routes
 * @param registry where the servers of this site know each other from
 * @param identity the folder of this site's key, certificate and of whom it trusts
 * @param insecure whether servers of parties talk without TLS, so that anybody may read and forge
 *     what they say
 * @param localFiles folders from which an upload may name a file on the server
 * @param modelFolder where stored models are kept; empty refuses to store any
 * @param drain how long the end waits for running jobs
 * @param exitDelay how long a server whose site failed can still be read before it ends
 * @param instances how long this server counts without a word, among those that share its database
 * @param storePatience how long the store may be down before the site fails
 * @param tasks where tasks run
 * @param slots how many parts of tasks run at once; at least 1
 * @param clientAuth the file of the clients' keys, if clients have to sign; empty lets all ask
 * @param permissions whether other parties' jobs need permissions here
 * @param peers how patient the server is with those of other parties
 * @param messageMemory how many bytes of messages wait in memory for their tasks; more wait in
 *     files
 * @param traces where spans are exported to by OTLP over HTTP; empty exports none
 * @param policy the file of the site's own rules about jobs; empty for none
 * @param tables how the rows of tables are kept
 * @param retention how long the server keeps what ended jobs left
 * @param outside what clients may reach outside of the site's own data
 * @param siteAuth the file of the RSA key that signs what is sent to other parties, if theirs have
 *     to sign, too; empty neither signs nor asks for it
 * @param advertise the address that other servers of the site and clients are told; empty for that
 *     which the server listens on
 */
public record ServerOptions(
    String host,
    int httpPort,
    int grpcPort,
    Path dataDir,
    String database,
    Set<String> parties,
    Map<String, SiteAddress> routes,
    Optional<Path> routesFile,
    boolean relay,
    RegistryPlace registry,
    Path identity,
    boolean insecure,
    List<Path> localFiles,
    Optional<Path> modelFolder,
    Duration drain,
    Duration exitDelay,
    InstanceTimes instances,
    Duration storePatience,
    TaskPlace tasks,
    int slots,
    Optional<Path> clientAuth,
    boolean permissions,
    PeerTimes peers,
    long messageMemory,
    Optional<URI> traces,
    Optional<Path> policy,
    Optional<Path> siteAuth,
    String advertise,
    TablePlace tables,
    Retention retention,
    Outside outside) {

  private static final Set<String> ALL_ADDRESSES = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{0,253}");

  /** A database that ends with the server: for trials, and for jobs that leave nothing behind. */
  public static final String MEMORY = "memory";

  /** FATE's port for clients. */
  public static final int DEFAULT_HTTP_PORT = 9380;

  /** The folder of the identity, inside the data folder. */
  public static final String DEFAULT_IDENTITY = "identity";

  /** FATE's port for parties. */
  public static final int DEFAULT_GRPC_PORT = 9360;

  /** A few large messages, or very many of the usual ones. */
  public static final long DEFAULT_MESSAGE_MEMORY = 256L << 20;

  /** Long enough for a small job to end, short enough for whoever waits for a restart. */
  public static final Duration DEFAULT_DRAIN = Duration.ofSeconds(10);

  /**
   * Copies the collections.
   *
   * @throws IllegalArgumentException if parts contradict each other
   */
  public ServerOptions {
    parties = Set.copyOf(parties);
    routes = Map.copyOf(routes);
    identity = identity.toAbsolutePath().normalize();
    localFiles = List.copyOf(localFiles);
    dataDir = dataDir.toAbsolutePath().normalize();
    notNegative("--drain-seconds", drain);
    notNegative("--exit-delay", exitDelay);
    notNegative("--store-patience", storePatience);
    if (messageMemory < 0) {
      throw new IllegalArgumentException(
          "--message-memory: found " + (messageMemory >> 20) + " MiB, allowed 0 or more");
    }
    if (slots < 1) {
      throw new IllegalArgumentException("--slots: found " + slots + ", allowed 1 or more");
    }
    traces.ifPresent(ServerOptions::requireHttp);
    port("--http-port", httpPort);
    port("--grpc-port", grpcPort);
    if (parties.isEmpty() && insecure) {
      throw new IllegalArgumentException(
          "--insecure: found without --party; a server without --party talks to no other server");
    }
    if (parties.isEmpty() && (!routes.isEmpty() || routesFile.isPresent())) {
      throw new IllegalArgumentException(
          "--route, --routes: found routes without --party; a server without --party acts for every"
              + " party itself");
    }
    if (parties.isEmpty() && relay) {
      throw new IllegalArgumentException(
          "--relay: found without --party; a relay needs an id by which routes name it");
    }
    if (parties.isEmpty() && siteAuth.isPresent()) {
      throw new IllegalArgumentException(
          "--site-auth: found without --party; a server without --party talks to no other server");
    }
    if (!HOST.matcher(advertise).matches()) {
      throw new IllegalArgumentException(
          "--advertise: found '" + advertise + "', allowed a host name or an IP address, no port");
    }
    for (String routed : routes.keySet()) {
      if (parties.contains(routed)) {
        throw new IllegalArgumentException(
            "--route: found " + routed + ", which this server acts for itself by --party");
      }
    }
  }

  private static void notNegative(String option, Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException(
          option + ": found " + time.toSeconds() + " s, allowed 0 or more");
    }
  }

  private static void requireHttp(URI endpoint) {
    if (endpoint.getHost() == null || !List.of("http", "https").contains(endpoint.getScheme())) {
      throw new IllegalArgumentException(
          "--otlp-endpoint: found " + endpoint + ", allowed http://host:port or https://host:port");
    }
  }

  private static void port(String option, int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(option + ": found " + port + ", allowed 0..65535");
    }
  }

  /** Where it is kept who did what. */
  public Path auditFolder() {
    return dataDir.resolve("audit");
  }

  /** Where others find this server, as far as it knows. */
  public String reachableHost() {
    return advertise.isEmpty() ? host : advertise;
  }

  /** Whether {@link #reachableHost} leads everybody who is told it to himself. */
  public boolean reachableNowhere() {
    return ALL_ADDRESSES.contains(reachableHost());
  }

  /** Whether this server acts for every party that a job names. */
  public boolean standalone() {
    return parties.isEmpty();
  }

  /** Starts from the defaults; only the folder has none. */
  public static Builder builder(Path dataDir) {
    return new Builder(dataDir);
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {

    private final Path dataDir;
    private String host = "127.0.0.1";
    private int httpPort = DEFAULT_HTTP_PORT;
    private int grpcPort = DEFAULT_GRPC_PORT;
    private String database = "";
    private Set<String> parties = Set.of();
    private Map<String, SiteAddress> routes = Map.of();
    private Optional<Path> routesFile = Optional.empty();
    private boolean relay;
    private RegistryPlace registry = RegistryPlace.store();
    private Path identity;
    private boolean insecure;
    private List<Path> localFiles = List.of();
    private Optional<Path> modelFolder = Optional.empty();
    private Duration drain = DEFAULT_DRAIN;
    private Duration exitDelay = Duration.ZERO;
    private InstanceTimes instances = InstanceTimes.DEFAULT;
    private Duration storePatience = FedflowBuilder.DEFAULT_STORE_PATIENCE;
    private TaskPlace tasks = TaskPlace.threads();
    private int slots = FedflowBuilder.DEFAULT_SLOTS;
    private Optional<Path> clientAuth = Optional.empty();
    private boolean permissions;
    private PeerTimes peers = PeerTimes.DEFAULT;
    private long messageMemory = DEFAULT_MESSAGE_MEMORY;
    private Optional<URI> traces = Optional.empty();
    private Optional<Path> policy = Optional.empty();
    private Outside outside = Outside.NOTHING;
    private Optional<Path> siteAuth = Optional.empty();
    private String advertise = "";
    private TablePlace tables = TablePlace.plain();
    private Retention retention = Retention.ALL;

    private Builder(Path dataDir) {
      this.dataDir = dataDir;
      this.identity = dataDir.resolve(DEFAULT_IDENTITY);
    }

    /** The address to listen on. */
    public Builder host(String address) {
      host = address;
      return this;
    }

    /** The ports; 0 takes a free one. */
    public Builder ports(int http, int grpc) {
      httpPort = http;
      grpcPort = grpc;
      return this;
    }

    /** {@code postgres://…}, or {@link #MEMORY}; empty keeps everything in the folder. */
    public Builder database(String url) {
      database = url;
      return this;
    }

    /** The party ids that this server acts for, and where the others are. */
    public Builder federation(Set<String> own, Map<String, SiteAddress> others) {
      parties = own;
      routes = others;
      return this;
    }

    /** Where key, certificate and trusted certificates are; by default in the data folder. */
    public Builder identity(Path folder) {
      identity = folder;
      return this;
    }

    /** Whether servers of parties talk without TLS; by default not. */
    public Builder insecure(boolean plaintext) {
      insecure = plaintext;
      return this;
    }

    /** The file of further routes; null for {@code routes.json} in the folder, if it is there. */
    public Builder routesFile(Path file) {
      routesFile = Optional.ofNullable(file);
      return this;
    }

    /** Whether calls between other parties are forwarded along the routes; by default not. */
    public Builder relay(boolean forwarding) {
      relay = forwarding;
      return this;
    }

    /** Where the servers of this site know each other from; by default the stores they share. */
    public Builder registry(RegistryPlace place) {
      registry = place;
      return this;
    }

    /** Folders from which an upload may name a file on the server. */
    public Builder localFiles(List<Path> folders) {
      localFiles = folders;
      return this;
    }

    /** Where stored models are kept; null refuses to store any. */
    public Builder modelFolder(Path folder) {
      modelFolder = Optional.ofNullable(folder);
      return this;
    }

    /** Where spans are exported to, such as {@code http://collector:4318}; null exports none. */
    public Builder traces(URI endpoint) {
      traces = Optional.ofNullable(endpoint);
      return this;
    }

    /** How long the end waits for running jobs. */
    public Builder drain(Duration longest) {
      drain = longest;
      return this;
    }

    /** Where tasks run; by default on threads of the server. */
    public Builder tasks(TaskPlace place) {
      tasks = place;
      return this;
    }

    /** How long this server counts without a word, among those that share its database. */
    public Builder instances(InstanceTimes times) {
      instances = times;
      return this;
    }

    /** How long turns wait for a store that is down before the site fails. */
    public Builder storePatience(Duration longest) {
      storePatience = longest;
      return this;
    }

    /** How many parts of tasks run at once. */
    public Builder slots(int most) {
      slots = most;
      return this;
    }

    /** How many bytes of messages wait in memory for their tasks. */
    public Builder messageMemory(long bytes) {
      messageMemory = bytes;
      return this;
    }

    /** The file of the clients' keys; null lets everybody ask. */
    public Builder clientAuth(Path file) {
      clientAuth = Optional.ofNullable(file);
      return this;
    }

    /** How patient the server is with those of other parties. */
    public Builder peers(PeerTimes times) {
      peers = times;
      return this;
    }

    /** Whether other parties' jobs need permissions here; by default not. */
    public Builder permissions(boolean needed) {
      permissions = needed;
      return this;
    }

    /** The file of the site's own rules about jobs; null for none. */
    public Builder policy(Path file) {
      policy = Optional.ofNullable(file);
      return this;
    }

    /** What clients may reach outside of the site's own data; by default nothing. */
    public Builder outside(Outside allowed) {
      outside = allowed;
      return this;
    }

    /** The file of the key that signs what is sent to other parties; null signs nothing. */
    public Builder siteAuth(Path file) {
      siteAuth = Optional.ofNullable(file);
      return this;
    }

    /** How the rows of tables are kept; by default in the plain format. */
    public Builder tables(TablePlace place) {
      tables = place;
      return this;
    }

    /** The address that others are told; empty for that which the server listens on. */
    public Builder advertise(String address) {
      advertise = address;
      return this;
    }

    /** How long the server keeps what ended jobs left; by default for good. */
    public Builder retention(Retention times) {
      retention = times;
      return this;
    }

    /** How long a server whose site failed can still be read before it ends; 0 is at once. */
    public Builder exitDelay(Duration delay) {
      exitDelay = delay;
      return this;
    }

    /** The options, checked. */
    public ServerOptions build() {
      return new ServerOptions(
          host,
          httpPort,
          grpcPort,
          dataDir,
          database,
          parties,
          routes,
          routesFile,
          relay,
          registry,
          identity,
          insecure,
          localFiles,
          modelFolder,
          drain,
          exitDelay,
          instances,
          storePatience,
          tasks,
          slots,
          clientAuth,
          permissions,
          peers,
          messageMemory,
          traces,
          policy,
          siteAuth,
          advertise,
          tables,
          retention,
          outside);
    }
  }
}
