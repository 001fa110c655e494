package io.fedflow.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.Fedflow;
import io.fedflow.JobHandle;
import io.fedflow.data.CsvTables;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.table.Table;
import io.fedflow.tracking.OutputData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The shipped tables and the pieces of jobs over them. */
final class BreastJob {

  static final Party GUEST = new Party(Role.GUEST, "9999");
  static final Party HOST = new Party(Role.HOST, "10000");
  static final Party ARBITER = new Party(Role.ARBITER, "10001");

  private BreastJob() {}

  static Table guestTable() throws IOException {
    return CsvTables.read(Path.of("..", "data", "breast_hetero_guest.csv"));
  }

  static Table hostTable() throws IOException {
    return CsvTables.read(Path.of("..", "data", "breast_hetero_host.csv"));
  }

  /** Stores the rows of both parties whose id, as a number, the predicate accepts. */
  static void store(Fedflow fedflow, String suffix, IntPredicate accepted) throws IOException {
    store(fedflow, "guest" + suffix, guestTable(), accepted);
    store(fedflow, "host" + suffix, hostTable(), accepted);
  }

  private static void store(Fedflow fedflow, String name, Table table, IntPredicate accepted) {
    int[] rows =
        IntStream.range(0, table.rowCount())
            .filter(row -> accepted.test(Integer.parseInt(table.ids()[row].substring(8))))
            .toArray();
    fedflow.data().store(StoreRequest.upload("demo", name), table.select(rows));
  }

  static Pipeline parties() {
    return new Pipeline()
        .party(Role.GUEST, GUEST.id())
        .party(Role.HOST, HOST.id())
        .party(Role.ARBITER, ARBITER.id())
        .jobParameter("seed", 7);
  }

  static void reader(Pipeline job, String name, String suffix) {
    job.add(name, "Reader")
        .set(GUEST, "table", Map.of("namespace", "demo", "name", "guest" + suffix))
        .set(HOST, "table", Map.of("namespace", "demo", "name", "host" + suffix));
  }

  static Pipeline.Step smallLr(Pipeline job, String name) {
    return job.add(name, "HeteroLR")
        .set("optimizer", "sgd")
        .set("learning_rate", 0.15)
        .set("alpha", 0.01)
        .set("max_iter", 3)
        .set("init_param", Map.of("init_method", "zeros"))
        .set("encrypt_param", Map.of("key_length", 1024));
  }

  /** Runs a job to its good end and gives its id. */
  static String run(Fedflow fedflow, JobDocuments documents) {
    JobHandle handle = fedflow.submit(documents).toCompletableFuture().join();
    JobHandle.Outcome outcome = handle.completion().toCompletableFuture().join();
    assertThat(outcome.cause()).isEmpty();
    assertThat(outcome.status()).isEqualTo(JobStatus.SUCCESS);
    return handle.jobId();
  }

  /** The first output table of a component at the guest. */
  static Table output(Fedflow fedflow, String jobId, String component) {
    var task =
        fedflow
            .tracking()
            .latest(jobId, component, GUEST)
            .toCompletableFuture()
            .join()
            .orElseThrow();
    OutputData output =
        fedflow.tracking().outputs(task.task(), GUEST).toCompletableFuture().join().get(0);
    return fedflow.data().read(output.namespace(), output.name());
  }
}
