package io.fedflow.components.evaluation;

import static io.fedflow.components.testing.HomoData.ARBITER;
import static io.fedflow.components.testing.HomoData.GUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.HomoData;
import io.fedflow.components.testing.Pair;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import io.fedflow.testkit.component.RecordedTracker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Evaluation of clusters: what is reported of which form of table, and what is refused. */
class ClusterEvaluationTest {

  /** Labels 0, 0, 1, 1 in clusters 0, 0, 1, 2: an example of scikit-learn's documentation. */
  private static final Table MEMBERS =
      ClusterTables.members("train", new String[] {"0", "0", "1", "1"}, 0, 0, 1, 2);

  /** Three centres at distances 3, 4 and 5, mean radii 1, 1 and 2, out of order. */
  private static final Table SHAPES =
      ClusterTables.shapes(
          new String[] {"2", "0", "1"},
          new double[] {2, 1, 1},
          new double[] {3.5, 1.5, 2.5},
          "[9, 16, 9, 25, 16, 25]");

  @Test
  void members_areComparedWithLabels() {
    RecordedTracker tracker = evaluate(GUEST, Map.of(), MEMBERS).trackers().get(GUEST);
    // Of four rows one pair agrees; labels join two pairs, clusters one.
    assertThat(tracker.value("train", "kmeans_0", "fowlkes_mallows_score")).isEqualTo(0.707107);
    assertThat(tracker.value("train", "kmeans_0", "adjusted_rand_score")).isEqualTo(0.571429);
    // Label 0: 2 of 2 rows; label 1: 1 of 2.
    assertThat(tracker.value("train", "kmeans_0", "jaccard_similarity_score")).isEqualTo(0.75);
    assertThat(tracker.meta("train", "kmeans_0"))
        .containsEntry("metric_type", "CLUSTERING_EVALUATION_SUMMARY");
    assertThat(tracker.meta("train", "kmeans_0_contingency_matrix"))
        .containsEntry("metric_type", "CONTINGENCY_MATRIX")
        .containsEntry("true_labels", List.of(0L, 1L))
        .containsEntry("predicted_labels", List.of(0, 1, 2))
        .containsEntry("result_table", List.of(List.of(2L, 0L, 0L), List.of(0L, 1L, 1L)));
    assertThat(tracker.names())
        .containsExactlyInAnyOrder("train/kmeans_0", "train/kmeans_0_contingency_matrix");
    assertThat(tracker.summary())
        .isEqualTo(
            Map.of(
                "kmeans_0",
                Map.of(
                    "train",
                    Map.of(
                        "jaccard_similarity_score", 0.75,
                        "fowlkes_mallows_score", 0.707107,
                        "adjusted_rand_score", 0.571429))));
  }

  @Test
  void shapes_areMeasuredAtTheArbiter_ifThatIsAsked() {
    Map<String, Object> asked = Map.of("run_clustering_arbiter_metric", true);
    RecordedTracker tracker = evaluate(ARBITER, asked, SHAPES).trackers().get(ARBITER);
    // Largest ratios: (1 + 2) / 4, (1 + 1) / 3, (2 + 1) / 4.
    assertThat(tracker.value("train", "kmeans_0", "davies_bouldin_index")).isEqualTo(0.722222);
    assertThat(tracker.meta("train", "kmeans_0_distance_measure"))
        .containsEntry("metric_type", "DISTANCE_MEASURE")
        .containsEntry("cluster_index", List.of(0, 1, 2))
        .containsEntry("radius", List.of(1.5, 2.5, 3.5))
        .containsEntry("nearest_idx", List.of(1, 0, 0));
    assertThat(evaluate(ARBITER, Map.of(), SHAPES).trackers().get(ARBITER).names()).isEmpty();
  }

  @Test
  void rowTypes_areMeasuredApart() {
    Table both =
        ClusterTables.members(
            new String[] {"train", "predict", "train", "predict"},
            new String[] {"0", "0", "1", "1"},
            0,
            1,
            1,
            0);
    RecordedTracker tracker = evaluate(GUEST, Map.of(), both).trackers().get(GUEST);
    assertThat(tracker.value("train", "kmeans_0", "jaccard_similarity_score")).isEqualTo(1.0);
    assertThat(tracker.value("predict", "kmeans_0", "jaccard_similarity_score")).isEqualTo(0.0);
  }

  @Test
  void onlyWhatIsAsked_isReported_byWhateverNameItHas() {
    RecordedTracker tracker =
        evaluate(GUEST, Map.of("metrics", List.of("FMI", "RI", "DBI")), MEMBERS)
            .trackers()
            .get(GUEST);
    assertThat(tracker.points("train", "kmeans_0"))
        .extracting(point -> point.key())
        .containsExactly("fowlkes_mallows_score", "adjusted_rand_score");
    assertThat(tracker.logLines())
        .anyMatch(line -> line.contains("davies_bouldin_index needs a table of another form"));
    assertThat(
            Pair.refused(
                new Evaluation(), Map.of("eval_type", "clustering", "metrics", List.of("auc"))))
        .containsExactly("p/metrics/0");
  }

  @Test
  void withoutLabels_andOfDistances_nothingIsMeasured() {
    Table unlabelled = ClusterTables.members("train", new String[] {"", ""}, 0, 1);
    for (Table table : List.of(unlabelled, ClusterTables.distances(0.5, 2))) {
      RecordedTracker tracker = evaluate(GUEST, Map.of(), table).trackers().get(GUEST);
      assertThat(tracker.names()).isEmpty();
      assertThat(tracker.logLines()).anyMatch(line -> line.contains("data of kmeans_0"));
    }
  }

  @Test
  void oneCluster_hasNoIndex_andCentresThatAreTheSame_anEndlessOne() {
    Map<String, Object> asked = Map.of("run_clustering_arbiter_metric", true);
    Table one = ClusterTables.shapes(new String[] {"0"}, new double[] {1}, new double[] {2}, "[]");
    RecordedTracker tracker = evaluate(ARBITER, asked, one).trackers().get(ARBITER);
    assertThat(tracker.names()).containsExactly("train/kmeans_0_distance_measure");
    assertThat(tracker.meta("train", "kmeans_0_distance_measure"))
        .containsEntry("nearest_idx", List.of(0));
    Table same =
        ClusterTables.shapes(
            new String[] {"0", "1"}, new double[] {1, 1}, new double[] {2, 2}, "[0, 0]");
    assertThat(
            evaluate(ARBITER, asked, same)
                .trackers()
                .get(ARBITER)
                .value("train", "kmeans_0", "davies_bouldin_index"))
        .isEqualTo(-9999999.0);
  }

  static List<Table> impossible() {
    String[] two = {"0", "1"};
    double[] ones = {1, 1};
    return List.of(
        ClusterTables.members("train", new String[] {"0", ""}, 0, 1),
        ClusterTables.members("train", two, 0, 0.5),
        ClusterTables.members("train", two, 0, -1),
        ClusterTables.members("train", two, 0, 1e6),
        ClusterTables.members("train", two, 0, Double.NaN),
        ClusterTables.members("tested", two, 0, 1),
        ClusterTables.shapes(two, ones, ones, "[4]"),
        ClusterTables.shapes(two, ones, ones, "[4, far]"),
        ClusterTables.shapes(two, ones, ones, "[4, -4]"),
        ClusterTables.shapes(two, ones, ones, "[4, NaN]"),
        ClusterTables.shapes(two, new double[] {1, -1}, ones, "[4, 4]"),
        ClusterTables.shapes(two, ones, new double[] {1, Double.NaN}, "[4, 4]"),
        ClusterTables.shapes(new String[] {"0", "b"}, ones, ones, "[4, 4]"));
  }

  @ParameterizedTest
  @MethodSource("impossible")
  void whatIsNoClustering_isRefusedByName(Table table) {
    assertThat(run(ARBITER, Map.of("run_clustering_arbiter_metric", true), table).rootFailure())
        .is(Failures.code("evaluation.input"))
        .hasMessageStartingWith("data of kmeans_0: ");
  }

  private static Result evaluate(Party party, Map<String, Object> params, Table table) {
    return run(party, params, table).succeeded();
  }

  private static Result run(Party party, Map<String, Object> params, Table table) {
    Map<String, Object> all = new HashMap<>(params);
    all.put("eval_type", "clustering");
    return new ComponentHarness(new Evaluation(), HomoData.parties(1))
        .params(all)
        .inputs(
            party,
            new TaskInputs(
                Map.of("data", List.of(new DataInput("kmeans_0.data", table))),
                Optional.empty(),
                List.of()))
        .run();
  }
}
