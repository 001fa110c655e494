package io.fedflow.server.cli;

import io.fedflow.components.pipeline.DataTransform;
import io.fedflow.components.pipeline.Evaluation;
import io.fedflow.components.pipeline.HeteroLR;
import io.fedflow.components.pipeline.Intersection;
import io.fedflow.components.pipeline.Reader;
import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.Data;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.pipeline.PipelineComponent;
import java.util.List;
import java.util.Map;

/**
 * One training of FATE's minimal test. Not thread-safe.
 *
 * @param tables what it trains on
 * @param algorithm what trains
 */
record MinTraining(MinTables tables, PipelineComponent algorithm) {

  /** The component that measures the training. */
  static final String EVALUATION = "evaluation_0";

  private static final String TRANSFORM = "data_transform_0";
  private static final String INTERSECTION = "intersection_0";

  /** A logistic regression, with FATE's settings of the test. */
  static MinTraining regression(MinTables tables) {
    return new MinTraining(
        tables,
        new HeteroLR("hetero_lr_0")
            .penalty("L2")
            .optimizer("rmsprop")
            .tol(0.0001)
            .alpha(0.01)
            .maxIter(30)
            .batchSize(-1)
            .learningRate(0.15)
            .initParam(Map.of("init_method", "zeros")));
  }

  /** Boosted trees, with FATE's settings of the test. */
  static MinTraining trees(MinTables tables) {
    PipelineComponent trees =
        new PipelineComponent(
            "hetero_secure_boost_0", "HeteroSecureBoost", ComponentOutputs.DATA_AND_MODEL);
    trees.parameter("task_type", "classification");
    trees.parameter("objective_param", Map.of("objective", "cross_entropy"));
    trees.parameter("num_trees", 3);
    trees.parameter("tree_param", Map.of("max_depth", 3));
    trees.parameter("encrypt_param", Map.of("method", "paillier"));
    return new MinTraining(tables, trees);
  }

  /** The name of what trains. */
  String component() {
    return algorithm.name();
  }

  /** What the deployed model keeps. */
  String[] deployed() {
    return new String[] {TRANSFORM, INTERSECTION, algorithm.name()};
  }

  /** The training. */
  Pipeline pipeline() {
    Reader reader = tables.reader("reader_0");
    DataTransform transform = new DataTransform(TRANSFORM);
    transform.at(tables.guest()).set("with_label", true);
    transform.at(tables.host()).set("with_label", false);
    Intersection intersection = new Intersection(INTERSECTION);
    return new Pipeline()
        .setInitiator(tables.guest().role(), tables.guest().id())
        .setRoles(
            List.of(tables.guest().id()),
            List.of(tables.host().id()),
            List.of(tables.arbiter().id()))
        .addComponent(reader)
        .addComponent(transform, Data.of(reader.dataOutput()))
        .addComponent(intersection, Data.of(transform.dataOutput()))
        .addComponent(algorithm, Data.train(intersection.dataOutput()))
        .addComponent(new Evaluation(EVALUATION), Data.of(algorithm.dataOutput()));
  }

  /** The prediction of the same rows by a deployed training. */
  Pipeline prediction(Pipeline deployed) {
    Reader reader = tables.reader("reader_1");
    return new Pipeline()
        .addComponent(reader)
        .addComponent(
            deployed,
            Data.predictInput(
                deployed.components().get(TRANSFORM).dataInput("data"), reader.dataOutput()));
  }
}
