package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import io.fedflow.server.cli.DemoSites.Running;
import io.fedflow.transport.client.FlowHttpClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fedflow testsuite}: uploads tables, runs jobs, compares what they measured. */
@Command(
    name = "testsuite",
    description = {
      "Runs the jobs of *testsuite.json and *benchmark.json files, FATE's or your own:",
      "uploads their tables, runs jobs in the order of their dependencies, and tells which",
      "ended well. Fails unless all did."
    })
public final class TestsuiteCommand implements Callable<Integer> {

  private static final int MAX_DEPTH = 16;

  private final DemoSites sites;

  @Spec private CommandSpec spec;
  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Parameters(
      paramLabel = "FILE|DIR",
      arity = "0..1",
      description = "a suite, or a folder with suites at any depth")
  private Path suites;

  @Option(
      names = "--pair",
      arity = "2",
      paramLabel = "FILE",
      description = "a single job instead of suites: its conf, then its DSL")
  private List<Path> pair;

  @Option(
      names = "--after",
      arity = "2",
      paramLabel = "FILE",
      description = "conf and DSL of a job that runs before, whose model or cache --pair uses")
  private List<Path> after;

  @Option(names = "--data", paramLabel = "SUITE", description = "whose tables --pair reads")
  private Path data;

  @Option(
      names = "--data-base",
      paramLabel = "DIR",
      description = "where data files are sought after the suite's own folder, before those above")
  private Path dataBase;

  @Option(names = "--embedded", description = "start a server for this run, and end it")
  private boolean embedded;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "2",
      description = "how many jobs at a time, default ${DEFAULT-VALUE}")
  private int parallel;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "3600",
      description = "how long a job may take, default ${DEFAULT-VALUE}")
  private long timeout;

  @Option(
      names = "--absolute-tolerance",
      paramLabel = "X",
      defaultValue = "0",
      description = "how far metrics of a benchmark may differ whatever its relative tolerance")
  private double absolute;

  @Option(
      names = "--party",
      paramLabel = "ROLE=IDS",
      description = "who takes a role in place of the confs' parties, such as host=10000,9998")
  private Map<String, String> party = new LinkedHashMap<>();

  @Option(
      names = "--site",
      paramLabel = "PARTY=URL",
      description = "a party's server, if it is not the one of --server; wants --party")
  private Map<String, String> site = new LinkedHashMap<>();

  @Option(names = "--junit", paramLabel = "FILE", description = "write JUnit's XML there")
  private Path junit;

  @Option(names = "--report", paramLabel = "FILE", description = "write the result as JSON there")
  private Path report;

  @Option(
      names = "--beside",
      paramLabel = "FILE",
      description = "the --report of another run of the same suites, to compare how long jobs took")
  private Path beside;

  @Option(
      names = "--give-up",
      paramLabel = "TIMES",
      description = {
        "stop a job that takes so many times what it took in --beside, unless other jobs need it;",
        "it does not count"
      })
  private Double giveUp;

  /** The command, with what starts its server. */
  public TestsuiteCommand(DemoSites sites) {
    this.sites = sites;
  }

  @Override
  public Integer call() throws Exception {
    check();
    SuiteParties parties = SuiteParties.of(party);
    SuiteReader reader =
        new SuiteReader(new SuiteDataSearch(Optional.ofNullable(dataBase)), absolute);
    List<Suite> all = pair == null ? read(reader) : List.of(single(reader));
    SuiteBeside other = beside == null ? SuiteBeside.NONE : SuiteBeside.read(beside);
    if (!embedded) {
      return run(all, other, parties, new SuiteSites(server.client(), clients()));
    }
    Path folder = Files.createTempDirectory("fedflow-testsuite-");
    try (Running running = sites.start(folder, false)) {
      return run(
          all, other, parties, new SuiteSites(FlowHttpClient.of(running.urls().get(0)), Map.of()));
    } finally {
      delete(folder);
    }
  }

  private int run(List<Suite> all, SuiteBeside other, SuiteParties parties, SuiteSites servers)
      throws Exception {
    int tasks = all.stream().mapToInt(suite -> suite.tasks().size()).sum();
    int width = String.valueOf(tasks).length();
    int[] ended = {0};
    SuiteRun run =
        new SuiteRun(
            new SuiteUploads(servers, parties),
            new SuiteJob(servers, parties, timeout, new SuitePatience(other, giveUp)),
            parallel,
            result ->
                console.say(
                    String.format(
                        "%" + width + "d/%d  %s",
                        Math.min(++ended[0], tasks),
                        tasks,
                        SuiteReport.line(result) + other.words(result))));
    List<SuiteResult> results = new ArrayList<>();
    for (Suite suite : all) {
      results.addAll(run.run(suite));
    }
    SuiteReport whole = new SuiteReport(results, other);
    if (junit != null) {
      Files.writeString(junit, SuiteJUnit.write(whole));
    }
    if (report != null) {
      Files.writeString(report, PrettyJson.write(whole.tree()));
    }
    console.result(whole.tree(), whole::words);
    return whole.exitCode();
  }

  private void check() {
    if ((suites == null) == (pair == null)) {
      throw usage("give either FILE|DIR or --pair CONF DSL");
    }
    if (pair == null && (after != null || data != null)) {
      throw usage("--after and --data belong to --pair");
    }
    if (pair != null && data == null) {
      throw usage("--pair: found no --data, allowed a suite whose tables the job reads");
    }
    if (parallel < 1 || parallel > 64) {
      throw usage("--parallel: found " + parallel + ", allowed 1..64");
    }
    if (timeout < 1) {
      throw usage("--timeout: found " + timeout + ", allowed 1 or more seconds");
    }
    if (!(absolute >= 0)) {
      throw usage("--absolute-tolerance: found " + absolute + ", allowed 0 or more");
    }
    if (giveUp != null && (beside == null || !(giveUp > 0 && giveUp <= 1e6))) {
      throw usage("--give-up: found " + giveUp + ", allowed above 0 up to 1000000 with --beside");
    }
    if (!site.isEmpty() && (party.isEmpty() || embedded)) {
      throw usage("--site: wants --party, which says whose tables go where, and no --embedded");
    }
  }

  private ParameterException usage(String words) {
    return new ParameterException(spec.commandLine(), words);
  }

  private Map<String, FlowHttpClient> clients() {
    Map<String, FlowHttpClient> clients = new LinkedHashMap<>();
    site.forEach((id, url) -> clients.put(id, server.clientAt("--site " + id, url)));
    return clients;
  }

  private List<Suite> read(SuiteReader reader) throws IOException {
    if (!Files.isDirectory(suites)) {
      return List.of(reader.read(suites));
    }
    List<Path> files;
    try (Stream<Path> below = Files.walk(suites, MAX_DEPTH)) {
      files = below.filter(TestsuiteCommand::isSuite).sorted().toList();
    }
    if (files.isEmpty()) {
      throw FedflowException.invalid(
          "suite.none", "no *testsuite.json or *benchmark.json in " + suites);
    }
    return files.stream().map(reader::read).toList();
  }

  private static boolean isSuite(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && (name.endsWith(SuiteReader.SUITE) || name.endsWith(SuiteReader.BENCHMARK));
  }

  private Suite single(SuiteReader reader) {
    List<SuiteTask> tasks = new ArrayList<>();
    SuiteTask.Needs needs = SuiteTask.Needs.NONE;
    if (after != null) {
      String name = "after " + after.get(0).getFileName();
      tasks.add(
          new SuiteTask(
              name,
              new SuiteTask.Job(Optional.of(after.get(1)), after.get(0)),
              SuiteTask.Needs.NONE));
      boolean predicts = new SuiteConf(Documents.read(pair.get(0))).predicts();
      needs = new SuiteTask.Needs(predicts ? name : null, name, name, name);
    }
    tasks.add(
        new SuiteTask(
            pair.get(0).getFileName().toString(),
            new SuiteTask.Job(Optional.of(pair.get(1)), pair.get(0)),
            needs));
    return new Suite(data.toString(), reader.tables(data), tasks, Map.of());
  }

  private static void delete(Path folder) throws IOException {
    List<Path> below;
    try (Stream<Path> all = Files.walk(folder)) {
      below = all.sorted(java.util.Comparator.reverseOrder()).toList();
    }
    for (Path each : below) {
      Files.deleteIfExists(each);
    }
  }
}
