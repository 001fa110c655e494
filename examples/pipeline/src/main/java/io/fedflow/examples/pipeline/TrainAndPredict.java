package io.fedflow.examples.pipeline;

import io.fedflow.Fedflow;
import io.fedflow.components.pipeline.DataTransform;
import io.fedflow.components.pipeline.Evaluation;
import io.fedflow.components.pipeline.HeteroLR;
import io.fedflow.components.pipeline.Intersection;
import io.fedflow.components.pipeline.Reader;
import io.fedflow.data.CsvTables;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Data;
import io.fedflow.pipeline.JobParameters;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.JobInvoker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Trains a logistic regression over two parties' tables, deploys it, and predicts with it: all in
 * this process. With a {@code RemoteJobInvoker} the same pipeline runs at a server.
 */
public final class TrainAndPredict {

  private static final String NAMESPACE = "demo";

  private final Fedflow fedflow;

  /** Runs at this site. */
  public TrainAndPredict(Fedflow fedflow) {
    this.fedflow = fedflow;
  }

  /** Stores both parties' tables of a folder. */
  public void upload(Path folder) throws IOException {
    for (String name : List.of("breast_hetero_guest", "breast_hetero_host")) {
      fedflow
          .data()
          .store(
              StoreRequest.upload(NAMESPACE, name), CsvTables.read(folder.resolve(name + ".csv")));
    }
  }

  /** The training: a reader, what prepares the tables, the regression, its evaluation. */
  public Pipeline training() {
    Reader reader = reader("reader_0");
    DataTransform transform = new DataTransform("transform_0");
    transform.at(Role.GUEST, "9999").set("with_label", true);
    Intersection intersection = new Intersection("intersection_0");
    HeteroLR lr =
        new HeteroLR("lr_0")
            .optimizer("sgd")
            .learningRate(0.15)
            .alpha(0.01)
            .maxIter(6)
            .initParam(Map.of("init_method", "zeros"));
    return new Pipeline()
        .setInitiator(Role.GUEST, "9999")
        .setRoles(List.of("9999"), List.of("10000"), List.of("10001"))
        .runWith(fedflow.invoker())
        .addComponent(reader)
        .addComponent(transform, Data.of(reader.dataOutput()))
        .addComponent(intersection, Data.of(transform.dataOutput()))
        .addComponent(lr, Data.train(intersection.dataOutput()))
        .addComponent(new Evaluation("evaluation_0"), Data.of(lr.dataOutput()));
  }

  /** The prediction with a deployed training: a reader of its own feeds the trained transform. */
  public Pipeline prediction(Pipeline deployed) {
    Reader reader = reader("reader_1");
    return new Pipeline()
        .runWith(fedflow.invoker())
        .addComponent(reader)
        .addComponent(
            deployed,
            Data.predictInput(
                deployed.components().get("transform_0").dataInput("data"), reader.dataOutput()));
  }

  /** Trains, deploys and predicts; gives the guest's predictions. */
  public JobInvoker.Rows run(Path folder) throws IOException {
    upload(folder);
    Pipeline training = training();
    training.fit(new JobParameters().timeout(600)).toCompletableFuture().join();
    training.deployComponent("transform_0", "intersection_0", "lr_0").toCompletableFuture().join();
    Pipeline prediction = prediction(training);
    prediction.predict(new JobParameters().timeout(600)).toCompletableFuture().join();
    return prediction.results("lr_0").outputData(-1).toCompletableFuture().join().get("data");
  }

  private static Reader reader(String name) {
    Reader reader = new Reader(name);
    reader.at(Role.GUEST, "9999").set("table", table("breast_hetero_guest"));
    reader.at(Role.HOST, "10000").set("table", table("breast_hetero_host"));
    return reader;
  }

  private static Map<String, Object> table(String name) {
    return Map.of("namespace", NAMESPACE, "name", name);
  }

  /** Runs the example over the folder given as the only argument. */
  public static void main(String[] args) throws IOException {
    try (Fedflow fedflow = Fedflow.builder().build()) {
      JobInvoker.Rows rows = new TrainAndPredict(fedflow).run(Path.of(args[0]));
      System.getLogger("example")
          .log(System.Logger.Level.INFO, rows.rows().size() + " predictions: " + rows.header());
    }
  }
}
