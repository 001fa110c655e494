package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.server.cli.FedflowCommand;
import io.fedflow.server.db.DbCommand;
import io.fedflow.transport.client.FlowHttpClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A server, or its Postgres, is killed while clients submit jobs in bursts, upload, deploy and read
 * what tasks made. After the start that follows everything that clients were told is there, nothing
 * is half written, and every job ends well. {@code -Dfedflow.crash.rounds} sets how often each is
 * killed (the default: once), {@code -Dfedflow.seed} repeats the moments.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes are killed by signals")
class CrashTrialsTest {

  private static final int ROUNDS = Integer.getInteger("fedflow.crash.rounds", 1);

  /** A burst has more jobs and events. */
  private static final int NEWS = ROUNDS > 1 ? 60 : 30;

  /** A burst has more outputs. */
  private static final int OUTPUTS = ROUNDS > 1 ? 16 : 4;

  private static final System.Logger LOG = System.getLogger(CrashTrialsTest.class.getName());

  @TempDir Path folder;

  private final long seed = Long.getLong("fedflow.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  /** A model that was trained before anything is killed. */
  private Map<String, Object> model;

  @Test
  void onSqlite_whatAKilledServerAcknowledgedIsKept() throws Exception {
    Path data = folder.resolve("data");
    withDemoTables(TestServer.lasting(data).build());
    Trial trial = new Trial(data);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        trial.killServer(round);
        assertThat(unfinished(data)).as("half-written files, seed %d", seed).isEmpty();
      }
      trial.requireEverything();
    } finally {
      trial.end();
    }
  }

  @Test
  void onPostgres_whicheverIsKilled_whatWasAcknowledgedIsKept() throws Exception {
    try (CrashingPostgres postgres = new CrashingPostgres(folder.resolve("postgres"))) {
      Path data = folder.resolve("data");
      withDemoTables(TestServer.options(data).database(postgres.url()).build());
      Trial trial = new Trial(data, "--database", postgres.url());
      try {
        for (int round = 0; round < 2 * ROUNDS; round++) {
          if (round % 2 == 0) {
            trial.killServer(round);
          } else {
            trial.harm(
                round,
                () -> {
                  postgres.kill();
                  postgres.restart();
                });
          }
        }
        trial.requireEverything();
      } finally {
        trial.end();
      }
    }
  }

  private void withDemoTables(ServerOptions options) throws Exception {
    try (TestServer server = TestServer.start(options).withDemoTables()) {
      var job = server.blocking().submit(TestJobs.demoDsl(), TestJobs.demoConf(1));
      assertThat(server.ended(job.jobId())).containsEntry("status", "success");
      model = Map.of("model_id", job.modelId(), "model_version", job.modelVersion());
    }
  }

  /** What is done to a server, or to its database. */
  private interface Harm {
    void happens() throws Exception;
  }

  /** A server and its clients. */
  private final class Trial {

    private final Acknowledged told = new Acknowledged();
    private final Path data;
    private final String[] database;
    private final List<String> place;
    private ServerProcess server;

    Trial(Path data, String... database) throws IOException {
      this.data = data;
      this.database = database;
      this.place = database.length > 0 ? List.of(database) : List.of("--data-dir", data.toString());
      this.server = ServerProcess.start(data, database);
    }

    void killServer(int round) throws Exception {
      harm(
          round,
          () -> {
            server.kill();
            requireSound(place);
            server = ServerProcess.start(data, database);
          });
    }

    void harm(int round, Harm harm) throws Exception {
      CrashBurst burst = CrashBurst.start(told, server.url(), folder, round, model);
      if (random.nextBoolean()) {
        told.awaitNews(1 + random.nextInt(NEWS));
      } else {
        told.awaitOutputs(1 + random.nextInt(OUTPUTS));
      }
      try {
        harm.happens();
        burst.end();
        FlowHttpClient client = FlowHttpClient.of(server.url());
        told.requireAll(client);
        told.requireEnds(client);
        told.requireAll(client);
        told.requireDeployed(new V1(server.url() + "/v1/"));
        requireSound(place);
      } catch (AssertionError lost) {
        throw new AssertionError("round " + round + ", seed " + seed, lost);
      }
      LOG.log(System.Logger.Level.INFO, "round {0}: {1} were told and are there", round + 1, told);
      told.nextRound();
    }

    /** After all rounds: nothing that an earlier one was told went with a later one. */
    void requireEverything() throws Exception {
      told.recallAll();
      FlowHttpClient client = FlowHttpClient.of(server.url());
      told.requireEnds(client);
      told.requireAll(client);
      LOG.log(System.Logger.Level.INFO, () -> "all rounds: " + told + " were told and are there");
    }

    void end() {
      server.process().destroyForcibly().onExit().join();
    }
  }

  /** Reads all rows and blobs of a store, and compares their digests. */
  private static void requireSound(List<String> place) {
    StringWriter out = new StringWriter();
    CommandLine line = FedflowCommand.line("test", List.of(new DbCommand()));
    line.setErr(new PrintWriter(out, true));
    line.setOut(new PrintWriter(out, true));
    List<String> command = new ArrayList<>(List.of("db", "check"));
    command.addAll(place);
    assertThat(line.execute(command.toArray(String[]::new))).as(out.toString()).isZero();
  }

  private static List<Path> unfinished(Path data) throws IOException {
    Path left = data.resolve("blobs").resolve("unfinished");
    if (!Files.isDirectory(left)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(left)) {
      return files.toList();
    }
  }
}
