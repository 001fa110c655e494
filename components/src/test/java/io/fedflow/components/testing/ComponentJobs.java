package io.fedflow.components.testing;

import static io.fedflow.components.testing.HomoData.ARBITER;
import static io.fedflow.components.testing.HomoData.SECOND;
import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;

import io.fedflow.component.Component;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.StandardComponents;
import io.fedflow.components.linear.BinaryPredictions;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Column;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A small sound job of each component, for tests of what all components promise. Keys are short,
 * and what may be drawn by the seed is drawn: first weights, batches, columns.
 */
public final class ComponentJobs {

  /** They learn nothing. */
  public static final Set<String> WITHOUT_MODEL =
      Set.of(
          "Evaluation",
          "FederatedSample",
          "FeldmanVerifiableSum",
          "HeteroDataSplit",
          "HomoDataSplit",
          "Intersection",
          "PositiveUnlabeled",
          "Reader",
          "Scorecard",
          "SecureAddExample",
          "Union");

  /** Modules that read what was stored before, of which there is nothing here. */
  public static final Set<String> WITHOUT_JOB = Set.of("Reader");

  private static final Map<String, Object> KEY =
      Map.of("encrypt_param", Map.of("key_length", 1024));
  private static final int[] ROWS = IntStream.range(0, 45).toArray();

  private static final Map<String, Component> COMPONENTS = new TreeMap<>();

  static {
    new StandardComponents()
        .components()
        .forEach(one -> COMPONENTS.put(one.descriptor().module(), one));
  }

  private ComponentJobs() {}

  /** All modules. */
  public static List<String> modules() {
    return List.copyOf(COMPONENTS.keySet());
  }

  /**
   * The job of a module.
   *
   * @throws IllegalArgumentException for modules of {@link #WITHOUT_JOB}, and unknown ones
   */
  public static ComponentJob of(String module) {
    return switch (module) {
      case "ColumnExpand" ->
          job(module, Map.of("append_header", List.of("k"), "fill_value", 0.5), raw("data"));
      case "DataIO", "DataTransform" -> job(module, Map.of(), raw("data"));
      case "Union" -> job(module, Map.of("keep_duplicate", true), doubled(raw("data")));
      case "DataStatistics",
          "FeatureImputation",
          "FeatureScale",
          "HeteroDataSplit",
          "HomoDataSplit",
          "LabelTransform" ->
          job(module, Map.of(), hetero("data"));
      case "Evaluation", "Scorecard" -> job(module, Map.of(), predictions(false));
      case "FederatedSample" -> job(module, Map.of("fractions", 0.5), hetero("data"));
      case "OneHotEncoder" -> job(module, Map.of(), hetero("data")).tables(ComponentJobs::whole);
      case "FeldmanVerifiableSum" -> job(module, Map.of("sum_cols", List.of(0, 1)), hetero("data"));
      case "HeteroFeatureBinning" -> job(module, KEY, hetero("data"));
      case "HeteroFeatureSelection" ->
          job(module, Map.of("filter_methods", List.of("iv_value_thres")), binned());
      case "HeteroLR" -> arbitrated(module).with(Map.of("masked_rate", 0));
      case "HeteroLinR" -> arbitrated(module);
      case "HeteroPearson" ->
          job(
              module,
              Map.of("column_indexes", List.of(0, 1), "fixpoint_bit_length", 1024),
              hetero("data"));
      case "HeteroPoisson" ->
          arbitrated(module).with(Map.of("learning_rate", 0.01, "init_param", init("zeros")));
      case "HeteroSecureBoost" ->
          job(module, KEY, hetero("train_data"))
              .with(
                  Map.of(
                      "num_trees",
                      2,
                      "bin_num",
                      5,
                      "subsample_feature_rate",
                      0.6,
                      "tree_param",
                      Map.of("max_depth", 2)));
      case "HomoFeatureBinning" ->
          new ComponentJob(COMPONENTS.get(module), arbitrated(), Map.of(), homo("data"));
      case "HomoOneHotEncoder" ->
          new ComponentJob(COMPONENTS.get(module), arbitrated(), Map.of(), homo("data"))
              .tables(ComponentJobs::whole);
      case "HomoLR" ->
          new ComponentJob(
              COMPONENTS.get(module),
              arbitrated(),
              Map.of("max_iter", 3, "batch_size", 10, "init_param", init("random_uniform")),
              homo("train_data"));
      case "Intersection" -> job(module, Map.of("intersect_method", "ecdh"), hetero("data"));
      case "LocalBaseline" -> job(module, Map.of(), homo("train_data"));
      case "PSI" -> job(module, Map.of(), twice());
      case "PositiveUnlabeled" -> job(module, Map.of("threshold", 0.9), predictions(true));
      case "SampleWeight" ->
          job(module, Map.of("class_weight", Map.of("0", 1, "1", 2)), homo("data"));
      case "SecureAddExample" -> job(module, Map.of("data_num", 10), Map.of());
      case "SecureInformationRetrieval" ->
          job(
              module,
              Map.of(
                  "target_cols",
                  "x1",
                  "security_level",
                  0.1,
                  "dh_params",
                  Map.of("key_length", 1024)),
              hetero("data"));
      default -> throw new IllegalArgumentException("no job of " + module);
    };
  }

  /** The guest's rows: a label and four columns. */
  public static Table guest() {
    return few(BreastData.guest(GUEST));
  }

  /** A host's columns of the same rows. */
  public static Table host(Party party) {
    return few(BreastData.host(party, 0, 4));
  }

  private static Table few(Table table) {
    List<String> kept = List.of("x0", "x1", "x2", "x3");
    return table.sortedById().select(ROWS).keepFeatures(kept::contains);
  }

  private static ComponentJob job(
      String module, Map<String, Object> params, Map<Party, TaskInputs> inputs) {
    return new ComponentJob(COMPONENTS.get(module), Pair.PARTIES, params, inputs);
  }

  private static ComponentJob arbitrated(String module) {
    return new ComponentJob(
            COMPONENTS.get(module),
            new Parties(
                Map.of(
                    Role.GUEST,
                    List.of(GUEST.id()),
                    Role.HOST,
                    List.of(HOST.id()),
                    Role.ARBITER,
                    List.of(ARBITER.id()))),
            KEY,
            hetero("train_data"))
        .with(Map.of("max_iter", 2, "batch_size", 20, "init_param", init("random_uniform")));
  }

  private static Map<String, Object> init(String method) {
    return Map.of("init_method", method);
  }

  private static Parties arbitrated() {
    return HomoData.parties(2);
  }

  private static Map<Party, TaskInputs> hetero(String kind) {
    return inputs(Tables.as(kind, guest()), Tables.as(kind, host(HOST)));
  }

  private static Map<Party, TaskInputs> homo(String kind) {
    Map<Party, TaskInputs> all = new LinkedHashMap<>();
    all.put(GUEST, Tables.as(kind, dealt(0, 15)));
    all.put(HOST, Tables.as(kind, dealt(15, 45)));
    all.put(SECOND, Tables.as(kind, dealt(10, 25)));
    return all;
  }

  private static Table dealt(int from, int to) {
    return guest().select(IntStream.range(from, to).toArray());
  }

  private static Map<Party, TaskInputs> raw(String kind) {
    return inputs(
        Tables.as(kind, Tables.raw("y,a,b", "1,1,10,20", "2,0,30,40", "3,1,50,60")),
        Tables.as(kind, Tables.raw("h,m", "1,5,6", "2,7,8", "3,9,10")));
  }

  /** Every party's tables twice. */
  private static Map<Party, TaskInputs> doubled(Map<Party, TaskInputs> once) {
    Map<Party, TaskInputs> twice = new LinkedHashMap<>();
    once.forEach(
        (party, inputs) -> {
          Table table = inputs.data().get("data").get(0).table();
          twice.put(
              party,
              new TaskInputs(
                  Map.of(
                      "data",
                      List.of(new DataInput("a_0.data", table), new DataInput("b_0.data", table))),
                  Optional.empty(),
                  List.of()));
        });
    return twice;
  }

  /** The same rows with whole numbers, as categories are. */
  static Table whole(Party party, Table table) {
    return table.withColumns(
        table.schema().columns(),
        table.columns().stream()
            .map(column -> ((Column.Numbers) column).values())
            .map(values -> new Column.Numbers(DoubleStream.of(values).map(Math::rint).toArray()))
            .toList());
  }

  private static Map<Party, TaskInputs> predictions(boolean withRows) {
    Table predicted = BinaryPredictions.of(guest(), scores(), 0.5, "train");
    List<DataInput> data =
        withRows
            ? List.of(new DataInput("a_0.data", predicted), new DataInput("b_0.data", guest()))
            : List.of(new DataInput("a_0.data", predicted));
    TaskInputs guest = new TaskInputs(Map.of("data", data), Optional.empty(), List.of());
    return withRows ? inputs(guest, Tables.asData(host(HOST))) : Map.of(GUEST, guest);
  }

  private static double[] scores() {
    return IntStream.of(ROWS).mapToDouble(row -> (row * 37 % ROWS.length) / 100.0).toArray();
  }

  private static Map<Party, TaskInputs> twice() {
    return inputs(
        TrainingInputs.trainAndValidate(guest(), guest()),
        TrainingInputs.trainAndValidate(host(HOST), host(HOST)));
  }

  private static Map<Party, TaskInputs> binned() {
    Result bins = of("HeteroFeatureBinning").harness().run().succeeded();
    return inputs(
        isometric(guest(), bins.of(GUEST).model().orElseThrow()),
        isometric(host(HOST), bins.of(HOST).model().orElseThrow()));
  }

  private static TaskInputs isometric(Table table, ComponentModel model) {
    return new TaskInputs(Tables.asData(table).data(), Optional.empty(), List.of(model));
  }

  private static Map<Party, TaskInputs> inputs(TaskInputs guest, TaskInputs host) {
    Map<Party, TaskInputs> all = new LinkedHashMap<>();
    all.put(GUEST, guest);
    all.put(HOST, host);
    return all;
  }
}
