package io.fedflow.components.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.Fedflow;
import io.fedflow.FedflowBuilder.Links;
import io.fedflow.JobHandle;
import io.fedflow.component.Component;
import io.fedflow.component.ComponentCatalog;
import io.fedflow.components.binning.HeteroFeatureBinning;
import io.fedflow.components.binning.HomoFeatureBinning;
import io.fedflow.components.boosting.HeteroSecureBoost;
import io.fedflow.components.evaluation.Evaluation;
import io.fedflow.components.expand.ColumnExpand;
import io.fedflow.components.feldman.FeldmanVerifiableSum;
import io.fedflow.components.homolr.HomoLR;
import io.fedflow.components.imputation.FeatureImputation;
import io.fedflow.components.intersection.Intersection;
import io.fedflow.components.labels.LabelTransform;
import io.fedflow.components.lr.HeteroLR;
import io.fedflow.components.lr.HeteroLinR;
import io.fedflow.components.lr.HeteroPoisson;
import io.fedflow.components.onehot.HomoOneHotEncoder;
import io.fedflow.components.pearson.HeteroPearson;
import io.fedflow.components.reader.Reader;
import io.fedflow.components.retrieval.SecureInformationRetrieval;
import io.fedflow.components.sampling.FederatedSample;
import io.fedflow.components.scale.FeatureScale;
import io.fedflow.components.selection.HeteroFeatureSelection;
import io.fedflow.components.split.HeteroDataSplit;
import io.fedflow.components.split.HomoDataSplit;
import io.fedflow.components.statistics.DataStatistics;
import io.fedflow.components.toy.SecureAddExample;
import io.fedflow.components.transform.DataIo;
import io.fedflow.components.transform.DataTransform;
import io.fedflow.components.union.Union;
import io.fedflow.components.weight.SampleWeight;
import io.fedflow.data.CsvFormat;
import io.fedflow.data.CsvTables;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.federation.Envelope;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Cache;
import io.fedflow.pipeline.ComponentOutputs;
import io.fedflow.pipeline.Data;
import io.fedflow.pipeline.Model;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.pipeline.PipelineComponent;
import io.fedflow.testkit.privacy.MarkedTable;
import io.fedflow.testkit.privacy.MarkedTables;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Whole jobs between a guest, a host and an arbiter, every message of which is recorded where a
 * component hands it over, before anything encrypts it for the way. A task is called like its
 * module with a number behind.
 */
final class RecordedJobs implements AutoCloseable {

  static final MarkedTables TRAIN = MarkedTables.of(31, 220, 30);
  static final MarkedTables VALIDATE = MarkedTables.of(32, 120, 10);

  static final Party GUEST = new Party(Role.GUEST, "9999");
  static final Party HOST = new Party(Role.HOST, "10000");

  private static final String NAMESPACE = "namespace_4b1d70";
  private static final Map<String, Integer> SHORT_KEY = Map.of("key_length", 1024);

  private static final Map<String, Object> EARLY_STOPPING =
      Map.of(
          "callbacks",
          List.of("EarlyStopping"),
          "validation_freqs",
          1,
          "early_stopping_rounds",
          5,
          "metrics",
          List.of("auc"));

  private final List<Envelope> messages = Collections.synchronizedList(new ArrayList<>());
  private final KeyHolders keys = new KeyHolders();
  private final ComponentCatalog catalog;
  private final Fedflow site;

  /**
   * A site for all parties, with the standard components.
   *
   * @param more makes further components
   */
  RecordedJobs(Function<KeyHolders, List<Component>> more) throws IOException {
    catalog =
        new ComponentCatalog(
                List.of(
                    new ColumnExpand(),
                    new DataIo(),
                    new DataStatistics(),
                    new DataTransform(),
                    new Evaluation(),
                    new FeatureImputation(),
                    new FederatedSample(),
                    new FeldmanVerifiableSum(keys),
                    new FeatureScale(),
                    new HeteroDataSplit(),
                    new HeteroFeatureBinning(keys),
                    new HeteroFeatureSelection(),
                    new HeteroLR(keys),
                    new HeteroLinR(keys),
                    new HeteroPearson(keys),
                    new HeteroPoisson(keys),
                    new HeteroSecureBoost(keys),
                    new HomoDataSplit(),
                    new HomoFeatureBinning(),
                    new HomoLR(),
                    new HomoOneHotEncoder(),
                    new Intersection(keys),
                    new LabelTransform(),
                    new Reader(),
                    new SampleWeight(),
                    new SecureAddExample(),
                    new SecureInformationRetrieval(),
                    new Union()))
            .with(more.apply(keys));
    site =
        Fedflow.builder()
            .components(catalog)
            .links(
                (own, boxes) ->
                    new Links(
                        own,
                        envelope -> {
                          messages.add(envelope);
                          boxes.deliver(envelope);
                        },
                        party -> true))
            .build();
    store("train_guest", TRAIN.guest());
    store("train_host", TRAIN.host());
    store("match_guest", TRAIN.guest(), CsvFormat.RowId.GENERATED);
    store("match_host", TRAIN.host(), CsvFormat.RowId.GENERATED);
    store("validate_guest", VALIDATE.guest());
    store("validate_host", VALIDATE.host());
  }

  /** What crossed so far. */
  List<Envelope> messages() {
    return List.copyOf(messages);
  }

  /** Opens what owners of keys can. */
  KeyHolders keys() {
    return keys;
  }

  /** All components. */
  ComponentCatalog components() {
    return catalog;
  }

  /** The component that sent a message. */
  Component sender(Envelope message) {
    String task = message.task().component();
    return catalog.find(task.substring(0, task.lastIndexOf('_'))).orElseThrow();
  }

  /** Intersects, bins twice, selects and trains in full batches. */
  static JobDocuments training() {
    Pipeline job = prepared();
    intersection(job, 0, "DataTransform_0", false);
    job.add("HeteroFeatureBinning_0", "HeteroFeatureBinning")
        .data("Intersection_0")
        .set("encrypt_param", SHORT_KEY)
        .set("transform_param", Collections.singletonMap("transform_type", null));
    job.add("HeteroFeatureSelection_0", "HeteroFeatureSelection")
        .data("HeteroFeatureBinning_0")
        .isometricModel("HeteroFeatureBinning_0")
        .set("filter_methods", List.of("unique_value", "iv_value_thres"))
        .set("iv_value_param", Map.of("value_threshold", 0.05));
    job.add("HeteroFeatureBinning_1", "HeteroFeatureBinning")
        .data("Intersection_0")
        .set("method", "optimal")
        .set("optimal_binning_param", Map.of("init_bin_nums", 20))
        .set("encrypt_param", SHORT_KEY);
    regression(job).data("train_data", "HeteroFeatureSelection_0");
    job.add("Evaluation_0", "Evaluation").data("HeteroLR_0");
    return job.compile();
  }

  /** Shares the signing of ids; trains in batches that hide rows, and validates while it does. */
  static JobDocuments validatedTraining() {
    Pipeline job = prepared();
    reader(job, 1, "validate");
    transform(job, 1);
    intersection(job, 0, "DataTransform_0", true);
    intersection(job, 1, "DataTransform_1", true);
    regression(job)
        .data("train_data", "Intersection_0")
        .data("validate_data", "Intersection_1")
        .set("batch_size", 100)
        .set("masked_rate", 1)
        .set("callback_param", EARLY_STOPPING);
    return job.compile();
  }

  /** Fits values and counts in batches that hide rows, and validates while it does. */
  static JobDocuments values() {
    Pipeline job = prepared();
    reader(job, 1, "validate");
    transform(job, 1);
    intersection(job, 0, "DataTransform_0", false);
    intersection(job, 1, "DataTransform_1", false);
    Map<String, Object> stopping = new HashMap<>(EARLY_STOPPING);
    stopping.put("metrics", List.of("root_mean_squared_error"));
    for (String module : List.of("HeteroLinR", "HeteroPoisson")) {
      fitted(job, module)
          .data("train_data", "Intersection_0")
          .data("validate_data", "Intersection_1")
          .set("learning_rate", 0.01)
          .set("batch_size", 100)
          .set("masked_rate", 1)
          .set("callback_param", stopping);
    }
    return job.compile();
  }

  /** Cross-validates every model of columns with an arbiter. */
  static JobDocuments crossValidation() {
    Pipeline job = prepared();
    intersection(job, 0, "DataTransform_0", false);
    Map<String, Object> folds = Map.of("need_cv", true, "n_splits", 2);
    for (String module : List.of("HeteroLR", "HeteroLinR", "HeteroPoisson")) {
      fitted(job, module)
          .data("train_data", "Intersection_0")
          .set("learning_rate", 0.01)
          .set("max_iter", 1)
          .set("cv_param", folds);
    }
    job.add("HeteroSecureBoost_0", "HeteroSecureBoost")
        .data("train_data", "Intersection_0")
        .set("num_trees", 1)
        .set("bin_num", 5)
        .set("encrypt_param", SHORT_KEY)
        .set("cv_param", folds);
    return job.compile();
  }

  /** Searches for columns of every model with an arbiter. */
  static JobDocuments searching() {
    Pipeline job = prepared();
    intersection(job, 0, "DataTransform_0", false);
    for (String module : List.of("HeteroLR", "HeteroLinR", "HeteroPoisson")) {
      fitted(job, module)
          .data("train_data", "Intersection_0")
          .set("learning_rate", 0.01)
          .set("max_iter", 1)
          .set(
              "stepwise_param",
              Map.of("need_stepwise", true, "direction", "backward", "max_step", 1));
    }
    return job.compile();
  }

  /** Grows trees of two parties, and validates while it does. */
  static JobDocuments boosting() {
    Pipeline job = prepared();
    reader(job, 1, "validate");
    transform(job, 1);
    intersection(job, 0, "DataTransform_0", false);
    intersection(job, 1, "DataTransform_1", false);
    job.add("HeteroSecureBoost_0", "HeteroSecureBoost")
        .data("train_data", "Intersection_0")
        .data("validate_data", "Intersection_1")
        .set("num_trees", 2)
        .set("bin_num", 10)
        .set("encrypt_param", SHORT_KEY)
        .set("callback_param", EARLY_STOPPING);
    return job.compile();
  }

  /** Intersects on a curve, and counts what is common. */
  static JobDocuments masking() {
    Pipeline job = prepared();
    job.add("Intersection_0", "Intersection")
        .data("DataTransform_0")
        .set("intersect_method", "ecdh");
    job.add("Intersection_1", "Intersection")
        .data("DataTransform_0")
        .set("cardinality_only", true)
        .set("sync_cardinality", true);
    return job.compile();
  }

  /** Makes a cache on a curve, and intersects on it. */
  static JobDocuments caching() {
    Pipeline job = prepared();
    PipelineComponent made =
        new PipelineComponent("Intersection_0", "Intersection", ComponentOutputs.DATA_AND_CACHE);
    made.parameter("intersect_method", "ecdh");
    made.parameter("run_cache", true);
    job.addComponent(made, Data.of("DataTransform_0.data"));
    job.addComponent(
        new PipelineComponent("Intersection_1", "Intersection", ComponentOutputs.DATA),
        Data.of("DataTransform_0.data"),
        Model.none(),
        Cache.of(made.cacheOutput()));
    return job.compile();
  }

  /** Counts what a guest and two hosts have in common. */
  static JobDocuments counting() {
    Party second = new Party(Role.HOST, "10002");
    Pipeline job = parties().party(Role.HOST, second.id());
    reader(job, 0, "train")
        .set(second, "table", Map.of("namespace", NAMESPACE, "name", "validate_host"));
    transform(job, 0);
    job.add("Intersection_0", "Intersection").data("DataTransform_0").set("cardinality_only", true);
    return job.compile();
  }

  /** Intersects by a column that is not the rows' id. */
  static JobDocuments matching() {
    Pipeline job = parties();
    reader(job, 0, "match");
    transform(job, 0).set("with_match_id", true);
    job.add("Intersection_0", "Intersection")
        .data("DataTransform_0")
        .set("intersect_method", "ecdh")
        .set("new_sample_id", true);
    return job.compile();
  }

  /** Prepares the common rows at each party alone, and cuts them in three as the guest decides. */
  static JobDocuments preparing() {
    Pipeline job = prepared();
    intersection(job, 0, "DataTransform_0", false);
    job.add("FeatureImputation_0", "FeatureImputation")
        .data("Intersection_0")
        .set("missing_fill_method", "mean");
    job.add("FeatureScale_0", "FeatureScale").data("FeatureImputation_0");
    job.add("DataStatistics_0", "DataStatistics").data("FeatureScale_0");
    job.add("LabelTransform_0", "LabelTransform").data("FeatureScale_0");
    job.add("SampleWeight_0", "SampleWeight")
        .data("LabelTransform_0")
        .set(GUEST, "class_weight", "balanced");
    job.add("HeteroDataSplit_0", "HeteroDataSplit")
        .data("SampleWeight_0")
        .set(GUEST, "stratified", true);
    job.add("FederatedSample_0", "FederatedSample").data("FeatureScale_0").set("fractions", 0.5);
    job.add("FeldmanVerifiableSum_0", "FeldmanVerifiableSum")
        .data("FeatureScale_0")
        .set("sum_cols", List.of(0));
    job.add("HeteroPearson_0", "HeteroPearson")
        .data("FeatureScale_0")
        .set("column_indexes", -1)
        .set("fixpoint_bit_length", 1024);
    job.add("SecureInformationRetrieval_0", "SecureInformationRetrieval")
        .data("DataTransform_0")
        .set("dh_params", SHORT_KEY)
        .set("target_cols", TRAIN.host().columns().get(0));
    return job.compile();
  }

  /** Trains on rows of both parties, which have the same columns and labels each. */
  static JobDocuments averaging() {
    Pipeline job = parties();
    job.add("Reader_0", "Reader")
        .set(GUEST, "table", Map.of("namespace", NAMESPACE, "name", "train_guest"))
        .set(HOST, "table", Map.of("namespace", NAMESPACE, "name", "validate_guest"));
    job.add("ColumnExpand_0", "ColumnExpand")
        .data("Reader_0")
        .set("append_header", List.of("one"))
        .set("fill_value", List.of(1));
    job.add("DataTransform_0", "DataTransform")
        .data("ColumnExpand_0")
        .set("with_label", true)
        .set("label_name", TRAIN.guest().labelName());
    job.add("HomoFeatureBinning_0", "HomoFeatureBinning")
        .data("DataTransform_0")
        .set("bin_num", 4)
        .set("category_names", List.of("one"))
        .set("sample_bins", 20);
    job.add("HomoOneHotEncoder_0", "HomoOneHotEncoder")
        .data("DataTransform_0")
        .set("transform_col_indexes", List.of())
        .set("transform_col_names", List.of("one"));
    job.add("FeatureScale_0", "FeatureScale").data("HomoOneHotEncoder_0");
    job.add("HomoLR_0", "HomoLR")
        .data("train_data", "FeatureScale_0")
        .set("optimizer", "sgd")
        .set("max_iter", 3)
        .set("batch_size", 50);
    return job.compile();
  }

  /** Adds numbers that are nobody's. */
  static JobDocuments secureAdd() {
    Pipeline job = parties();
    job.add("SecureAddExample_0", "SecureAddExample").set("data_num", 100);
    return job.compile();
  }

  /** Hands the common rows to a component of the test. */
  static JobDocuments of(String module) {
    Pipeline job = prepared();
    intersection(job, 0, "DataTransform_0", false);
    job.add(module + "_0", module).data("Intersection_0");
    return job.compile();
  }

  /** Runs a job to its good end. */
  void run(JobDocuments documents) {
    JobHandle handle = site.submit(documents).toCompletableFuture().join();
    JobHandle.Outcome outcome = handle.completion().toCompletableFuture().join();
    assertThat(outcome.cause()).isEmpty();
    assertThat(outcome.status()).isEqualTo(JobStatus.SUCCESS);
  }

  @Override
  public void close() {
    site.close();
  }

  private static Pipeline parties() {
    return new Pipeline()
        .party(Role.GUEST, GUEST.id())
        .party(Role.HOST, HOST.id())
        .party(Role.ARBITER, "10001")
        .jobParameter("seed", 7);
  }

  private static Pipeline prepared() {
    Pipeline job = parties();
    reader(job, 0, "train");
    transform(job, 0);
    return job;
  }

  private static Pipeline.Step reader(Pipeline job, int number, String table) {
    return job.add("Reader_" + number, "Reader")
        .set(GUEST, "table", Map.of("namespace", NAMESPACE, "name", table + "_guest"))
        .set(HOST, "table", Map.of("namespace", NAMESPACE, "name", table + "_host"));
  }

  private static Pipeline.Step transform(Pipeline job, int number) {
    return job.add("DataTransform_" + number, "DataTransform")
        .data("Reader_" + number)
        .set(GUEST, "with_label", true)
        .set(GUEST, "label_name", TRAIN.guest().labelName());
  }

  private static void intersection(Pipeline job, int number, String input, boolean split) {
    job.add("Intersection_" + number, "Intersection")
        .data(input)
        .set("rsa_params", Map.of("key_length", 1024, "split_calculation", split));
  }

  private static Pipeline.Step regression(Pipeline job) {
    return fitted(job, "HeteroLR");
  }

  private static Pipeline.Step fitted(Pipeline job, String module) {
    return job.add(module + "_0", module)
        .set("optimizer", "sgd")
        .set("learning_rate", 0.15)
        .set("alpha", 0.01)
        .set("max_iter", 2)
        .set("tol", 1e-12)
        .set("init_param", Map.of("init_method", "zeros"))
        .set("encrypt_param", SHORT_KEY);
  }

  private void store(String name, MarkedTable table) throws IOException {
    store(name, table, CsvFormat.RowId.FIRST_COLUMN);
  }

  private void store(String name, MarkedTable table, CsvFormat.RowId id) throws IOException {
    site.data()
        .store(
            StoreRequest.upload(NAMESPACE, name),
            CsvTables.read(
                    new ByteArrayInputStream(table.csv().getBytes(StandardCharsets.UTF_8)),
                    new CsvFormat(true, ",", id, CsvFormat.Duplicates.LAST_WINS))
                .table());
  }
}
