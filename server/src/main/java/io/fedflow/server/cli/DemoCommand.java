package io.fedflow.server.cli;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.server.cli.DemoSites.Running;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.client.Submission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fedflow demo}: servers, two tables, a five-component job, its results. */
@Command(
    name = "demo",
    description =
        "Starts a server, uploads a breast-cancer table split between two parties, trains a model"
            + " on it and shows how good it is.")
public final class DemoCommand implements Callable<Integer> {

  private static final String NAMESPACE = "experiment";

  private final DemoSites sites;

  @Spec private CommandSpec spec;
  @Mixin private Console console;

  @Option(names = "--keep", description = "leave the server up for browsing")
  private boolean keep;

  @Option(
      names = "--processes",
      paramLabel = "1|3",
      description = "3: a server process for each party, over gRPC; default ${DEFAULT-VALUE}",
      defaultValue = "1")
  private int processes;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "folder of what the servers keep, default a fresh temporary one")
  private Path dataDir;

  /** The command, with what starts its servers. */
  public DemoCommand(DemoSites sites) {
    this.sites = sites;
  }

  @Override
  public Integer call() throws Exception {
    if (processes != 1 && processes != 3) {
      throw new ParameterException(
          spec.commandLine(), "--processes: found " + processes + ", allowed 1 or 3");
    }
    Path folder = dataDir == null ? Files.createTempDirectory("fedflow-demo-") : dataDir;
    try (Running running = sites.start(folder, processes == 3)) {
      int code = run(running, folder);
      if (keep) {
        List<String> urls = running.urls().stream().distinct().toList();
        console.say("Browse " + String.join(", ", urls) + "; end with Ctrl-C.");
        new CountDownLatch(1).await();
      }
      return code;
    }
  }

  private int run(Running running, Path folder) throws Exception {
    List<FlowHttpClient> clients =
        running.urls().stream().distinct().map(FlowHttpClient::of).toList();
    FlowHttpClient guest = clients.get(0);
    console.say("server " + String.join(", ", running.urls().stream().distinct().toList()));
    Path files = Files.createDirectories(folder.resolve("demo"));
    upload(guest, files, "breast_hetero_guest");
    upload(clients.size() == 1 ? guest : clients.get(1), files, "breast_hetero_host");
    long begun = System.nanoTime();
    DemoJob job = DemoJob.load(processes == 3);
    Submission accepted = guest.blocking().submit(job.dsl(), job.conf());
    console.say("job " + accepted.jobId() + ", " + accepted.boardUrl());
    JobEnd end = JobWatch.follow(clients, accepted.jobId(), console.progress());
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    DemoReport report = DemoReport.read(guest.blocking(), end, took);
    report.print(console, running.folders());
    console.result(report.tree());
    return end.exitCode();
  }

  private void upload(FlowHttpClient site, Path files, String table) throws Exception {
    Path file = Documents.copy("data/" + table + ".csv", files);
    JobEnd end = Uploads.upload(site, file, NAMESPACE, table, 1);
    if (!end.good()) {
      throw new FedflowException(FailureKind.UNAVAILABLE, "demo.upload", end.words());
    }
    Map<String, Object> info = site.blocking().table(NAMESPACE, table);
    console.say(
        "table " + NAMESPACE + '.' + table + ", " + new Tree(info).at("count").text() + " rows");
  }
}
