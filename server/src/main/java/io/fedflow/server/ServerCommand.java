package io.fedflow.server;

import io.fedflow.FedflowBuilder;
import io.fedflow.job.InstanceTimes;
import io.fedflow.server.config.EffectiveConfig;
import io.fedflow.server.config.Origin;
import io.fedflow.transport.route.SiteAddress;
import io.fedflow.worker.WorkerSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fedflow server}: runs until it is asked to end. */
@Command(
    name = "server",
    description =
        "Runs a server. Without --party it acts for every party that a job names; with --party"
            + " for these, and reaches the others over gRPC.")
final class ServerCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--host",
      description = "address to listen on, default ${DEFAULT-VALUE}",
      defaultValue = "127.0.0.1")
  private String host;

  @Option(
      names = "--http-port",
      description = "port for clients, default ${DEFAULT-VALUE}; 0 takes a free one",
      defaultValue = "" + ServerOptions.DEFAULT_HTTP_PORT)
  private int httpPort;

  @Option(
      names = "--grpc-port",
      description = "port for other parties, default ${DEFAULT-VALUE}; 0 takes a free one",
      defaultValue = "" + ServerOptions.DEFAULT_GRPC_PORT)
  private int grpcPort;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "folder of all that the server keeps, default ${DEFAULT-VALUE}",
      defaultValue = ".fedflow")
  private Path dataDir;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "postgres://user[:password]@host[:port]/name, keeps everything there; memory keeps"
              + " everything only as long as the server runs",
      defaultValue = "")
  private String database;

  @Option(names = "--party", paramLabel = "ID", description = "act for this party; repeatable")
  private List<String> parties = List.of();

  @Option(
      names = "--route",
      paramLabel = "ID=HOST:PORT",
      description = "where another party's server listens; repeatable")
  private Map<String, String> routes = Map.of();

  @Option(
      names = "--routes",
      paramLabel = "FILE",
      description =
          "further routes, several addresses a party and a default route; read again whenever the"
              + " file changes; default routes.json in --data-dir, if it is there. A --route to the"
              + " same party stands above it")
  private Path routesFile;

  @Option(
      names = "--relay",
      description =
          "forward what other parties send to parties that this server does not act for, along its"
              + " routes, as an exchange does; needs --party, which names the relay")
  private boolean relay;

  @Option(
      names = "--registry",
      paramLabel = "store|file:PATH",
      description =
          "where the servers of this site know each other from: the database that they share, or a"
              + " file that lists them; default ${DEFAULT-VALUE}",
      defaultValue = "store")
  private String registry;

  @Option(
      names = "--identity",
      paramLabel = "DIR",
      description =
          "folder of this site's key and certificate (fedflow party), default: "
              + ServerOptions.DEFAULT_IDENTITY
              + " in the data folder")
  private Path identity;

  @Option(
      names = "--insecure",
      description =
          "talk to other parties without TLS: whoever can reach the port reads everything and may"
              + " speak for any party; for trials on one machine")
  private boolean insecure;

  @Option(
      names = "--local-files",
      paramLabel = "DIR",
      description = "folder from which an upload may name a file on this server; repeatable")
  private List<Path> localFiles = List.of();

  @Option(
      names = "--model-folder",
      paramLabel = "DIR",
      description = "folder in which models can be stored and from which they can be restored")
  private Path modelFolder;

  @Option(
      names = "--tables",
      paramLabel = "plain|parquet",
      description =
          "how the rows of new tables are kept: in a format of this program, or as Parquet files,"
              + " which needs the library beside it; default ${DEFAULT-VALUE}",
      defaultValue = "plain")
  private String tables;

  @Option(
      names = "--table-memory",
      paramLabel = "MIB",
      description =
          "memory outside of the heap for reading and writing Parquet, at least 128, default"
              + " ${DEFAULT-VALUE}; more spills to files",
      defaultValue = "512")
  private int tableMemory;

  @Option(
      names = "--drain-seconds",
      description = "how long the end waits for running jobs, default ${DEFAULT-VALUE}",
      defaultValue = "10")
  private long drainSeconds;

  @Option(
      names = "--task-runner",
      paramLabel = "thread|process",
      description =
          "run tasks on threads of the server, or each in a process of its own, which may crash,"
              + " run out of memory and be killed alone; default ${DEFAULT-VALUE}",
      defaultValue = "thread")
  private String taskRunner;

  @Option(
      names = "--task-memory",
      paramLabel = "SIZE",
      description = "heap of each process of --task-runner process, default ${DEFAULT-VALUE}",
      defaultValue = WorkerSettings.DEFAULT_MEMORY)
  private String taskMemory;

  @Option(
      names = "--instance-lease",
      paramLabel = "MILLISECONDS",
      description =
          "how long servers that share a database wait for a word of each other before they take"
              + " over, default ${DEFAULT-VALUE}; a tenth of it passes between two words",
      defaultValue = "1500")
  private long instanceLease;

  @Option(
      names = "--store-patience",
      paramLabel = "SECONDS",
      description =
          "how long the store may be down: until then jobs wait for it and new ones are refused,"
              + " after that the server ends as after any failure; default ${DEFAULT-VALUE}",
      defaultValue = "600")
  private long storePatience;

  @Option(
      names = "--message-memory",
      paramLabel = "MIB",
      description =
          "how much of the messages that wait for their tasks is kept in memory; the rest waits in"
              + " files under --data-dir; default ${DEFAULT-VALUE}",
      defaultValue = "256")
  private int messageMemory;

  @Option(
      names = "--peer-timeout",
      paramLabel = "SECONDS",
      description =
          "how long after its last answer the server of another party counts as away while a job"
              + " needs it, 1 to 10; default ${DEFAULT-VALUE}",
      defaultValue = "8")
  private long peerTimeout;

  @Option(
      names = "--peer-patience",
      paramLabel = "SECONDS",
      description =
          "how long it may be away: until then jobs wait for it and go on, after that those that"
              + " need it fail; default ${DEFAULT-VALUE}",
      defaultValue = "60")
  private long peerPatience;

  @Option(
      names = "--slots",
      paramLabel = "N",
      description =
          "how many parts of tasks run at once; a job takes task_parallelism of them for each of"
              + " its parties here; default ${DEFAULT-VALUE}",
      defaultValue = "" + FedflowBuilder.DEFAULT_SLOTS)
  private int slots;

  @Option(
      names = "--client-auth",
      paramLabel = "FILE",
      description =
          "let only clients ask that sign their requests; a line 'app-key secret' for each, in a"
              + " file that nobody else may read")
  private Path clientAuth;

  @Option(
      names = "--site-auth",
      paramLabel = "FILE",
      description =
          "sign what is sent to other parties by this RSA key ('party key' makes one), and take"
              + " only what their sites signed by keys that are saved here (key/public/save)")
  private Path siteAuth;

  @Option(
      names = "--advertise",
      paramLabel = "ADDRESS",
      description =
          "the address at which clients and the other servers of this site find this server, if it"
              + " listens on all (--host 0.0.0.0)",
      defaultValue = "")
  private String advertise;

  @Option(
      names = "--permissions",
      description =
          "let jobs of other parties use only components and tables that were granted to them"
              + " (flow privilege grant); without it they may use all")
  private boolean permissions;

  @Option(
      names = "--otlp-endpoint",
      paramLabel = "URL",
      description =
          "export spans of jobs, tasks and commands to this OpenTelemetry collector, by OTLP over"
              + " HTTP; for example http://127.0.0.1:4318")
  private URI traces;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "the site's own rules about jobs: partners, components, parameters, tables, keys, rows,"
              + " approval; read again whenever the file changes ('policy test' tries it)")
  private Path policy;

  @Mixin private OutsideOptions outside;
  @Mixin private KeepOptions keep;

  @Option(
      names = "--exit-delay",
      paramLabel = "SECONDS",
      description =
          "how long queries and logs stay readable after a failure that only a new start can"
              + " repair, before the server ends with code "
              + FedflowServer.FAILED_EXIT
              + "; default ${DEFAULT-VALUE}, at once",
      defaultValue = "0")
  private long exitDelay;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      description =
          "how lines of the log look on the standard error: for people, or a JSON object each;"
              + " default ${DEFAULT-VALUE}",
      defaultValue = "text")
  private String logFormat;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "file of options, lines 'name = value' with names as here but without the strokes. A"
              + " variable FEDFLOW_NAME of the environment, such as FEDFLOW_HTTP_PORT, stands above"
              + " it, the command line above both")
  private Path config;

  @Option(
      names = "--print-config",
      description =
          "print what all options are and where they come from, as such a file, passwords masked;"
              + " and end")
  private boolean printConfig;

  private Map<String, Origin> origins = Map.of();

  /** Who gave the options that will be parsed. */
  void origins(Map<String, Origin> known) {
    origins = known;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (printConfig) {
      options();
      EffectiveConfig.lines(spec, origins).forEach(spec.commandLine().getOut()::println);
      spec.commandLine().getOut().flush();
      return 0;
    }
    switch (logFormat) {
      case "text" -> Logging.informative();
      case "json" -> Logging.informativeAsJson();
      default ->
          throw new ParameterException(
              spec.commandLine(), "--log-format: found '" + logFormat + "', allowed text, json");
    }
    Signals.handle();
    try (FedflowServer server = FedflowServer.start(options())) {
      spec.commandLine().getOut().println("fedflow " + Product.version() + ": " + server.url());
      spec.commandLine().getOut().flush();
      server.warnings().forEach(this::warn);
      return server.awaitEnd();
    } catch (StartupFailure failure) {
      spec.commandLine().getErr().println("fedflow: " + failure.getMessage());
      return 1;
    }
  }

  private void warn(String warning) {
    spec.commandLine().getErr().println("fedflow: WARNING: " + warning);
    spec.commandLine().getErr().flush();
  }

  private ServerOptions options() {
    try {
      Set<String> own = new LinkedHashSet<>(parties);
      Map<String, SiteAddress> others = new LinkedHashMap<>();
      routes.forEach((party, address) -> others.put(party, SiteAddress.parse(address)));
      return ServerOptions.builder(dataDir)
          .host(host)
          .ports(httpPort, grpcPort)
          .clientAuth(clientAuth)
          .siteAuth(siteAuth)
          .advertise(advertise)
          .permissions(permissions)
          .traces(traces)
          .policy(policy)
          .outside(outside.read())
          .retention(keep.read())
          .database(database)
          .federation(own, others)
          .routesFile(routesFile)
          .relay(relay)
          .registry(RegistryPlace.parse(registry))
          .identity(identity == null ? dataDir.resolve(ServerOptions.DEFAULT_IDENTITY) : identity)
          .insecure(insecure)
          .localFiles(localFiles)
          .modelFolder(modelFolder)
          .tables(new TablePlace(tables, (long) tableMemory << 20))
          .drain(Duration.ofSeconds(drainSeconds))
          .storePatience(Duration.ofSeconds(storePatience))
          .instances(InstanceTimes.of(Duration.ofMillis(instanceLease)))
          .messageMemory((long) messageMemory << 20)
          .peers(new PeerTimes(Duration.ofSeconds(peerTimeout), Duration.ofSeconds(peerPatience)))
          .exitDelay(Duration.ofSeconds(exitDelay))
          .slots(slots)
          .tasks(TaskPlace.parse(taskRunner).withMemory(taskMemory))
          .build();
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }
}
