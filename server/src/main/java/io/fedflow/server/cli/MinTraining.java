package io.fedflow.server.cli;

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

  /** A few are enough to see that training works, and keep the test short. */
  private static final int ITERATIONS = 3;

  /** A logistic regression. */
  static MinTraining regression(MinTables tables) {
    PipelineComponent regression =
        new PipelineComponent("hetero_lr_0", "HeteroLR", ComponentOutputs.DATA_AND_MODEL);
    regression.parameter("penalty", "L2");
    regression.parameter("optimizer", "nesterov_momentum_sgd");
    regression.parameter("tol", 0.0001);
    regression.parameter("alpha", 0.01);
    regression.parameter("max_iter", ITERATIONS);
    regression.parameter("batch_size", -1);
    regression.parameter("learning_rate", 0.15);
    regression.parameter("init_param", Map.of("init_method", "zeros"));
    return new MinTraining(tables, regression);
  }

  /** Boosted trees. */
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
    PipelineComponent reader = tables.reader("reader_0");
    PipelineComponent transform =
        new PipelineComponent(TRANSFORM, "DataTransform", ComponentOutputs.DATA_AND_MODEL);
    transform.at(tables.guest()).set("with_label", true);
    transform.at(tables.host()).set("with_label", false);
    PipelineComponent intersection =
        new PipelineComponent(INTERSECTION, "Intersection", ComponentOutputs.DATA_AND_CACHE);
    PipelineComponent evaluation =
        new PipelineComponent(EVALUATION, "Evaluation", ComponentOutputs.DATA);
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
        .addComponent(evaluation, Data.of(algorithm.dataOutput()));
  }

  /** The prediction of the same rows by a deployed training. */
  Pipeline prediction(Pipeline deployed) {
    PipelineComponent reader = tables.reader("reader_1");
    return new Pipeline()
        .addComponent(reader)
        .addComponent(
            deployed,
            Data.predictInput(
                deployed.components().get(TRANSFORM).dataInput("data"), reader.dataOutput()));
  }
}
