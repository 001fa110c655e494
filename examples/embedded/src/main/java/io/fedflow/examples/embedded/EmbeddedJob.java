package io.fedflow.examples.embedded;

import io.fedflow.Fedflow;
import io.fedflow.JobHandle;
import io.fedflow.data.CsvTables;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import java.nio.file.Path;
import java.util.Map;

/**
 * A host application that trains a model over two parties' tables, with an arbiter, inside its own
 * process.
 */
public final class EmbeddedJob {

  private EmbeddedJob() {}

  /** Runs the job over the tables of a folder and gives back how it ended. */
  public static JobHandle.Outcome run(Fedflow fedflow, Path folder) throws Exception {
    Party guest = new Party(Role.GUEST, "9999");
    Party host = new Party(Role.HOST, "10000");
    for (String name : new String[] {"breast_hetero_guest", "breast_hetero_host"}) {
      fedflow
          .data()
          .store(StoreRequest.upload("demo", name), CsvTables.read(folder.resolve(name + ".csv")));
    }
    Pipeline job = new Pipeline();
    job.party(Role.GUEST, "9999").party(Role.HOST, "10000").party(Role.ARBITER, "10001");
    job.add("reader_0", "Reader")
        .set(guest, "table", Map.of("namespace", "demo", "name", "breast_hetero_guest"))
        .set(host, "table", Map.of("namespace", "demo", "name", "breast_hetero_host"));
    job.add("transform_0", "DataTransform").data("reader_0").set(guest, "with_label", true);
    job.add("intersection_0", "Intersection").data("transform_0");
    job.add("lr_0", "HeteroLR")
        .data("train_data", "intersection_0")
        .set("optimizer", "sgd")
        .set("learning_rate", 0.15)
        .set("alpha", 0.01)
        .set("max_iter", 6)
        .set("init_param", Map.of("init_method", "zeros"));
    job.add("evaluation_0", "Evaluation").data("lr_0");
    JobHandle handle = fedflow.submit(job.compile()).toCompletableFuture().join();
    return handle.completion().toCompletableFuture().join();
  }

  /** Runs the example over the folder given as the only argument. */
  public static void main(String[] args) throws Exception {
    try (Fedflow fedflow = Fedflow.builder().build()) {
      System.getLogger("example").log(System.Logger.Level.INFO, run(fedflow, Path.of(args[0])));
    }
  }
}
