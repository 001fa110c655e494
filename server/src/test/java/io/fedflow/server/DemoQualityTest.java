package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fedflow.transport.client.ComponentAt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether the demo's model is as good as one trained in the clear, and learns from the labels. */
class DemoQualityTest {

  private static final int ITERATIONS = 30;
  private static final double RATE = 0.15;
  private static final double ALPHA = 0.01;
  private static final int LABEL = 1;

  @TempDir static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.standalone(folder).withDemoTables();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void isAsGoodAsRegressionInTheClearOnTheJoinedTable() throws Exception {
    Map<String, Object> end = server.run(TestJobs.demoDsl(), TestJobs.demoConf(ITERATIONS));
    assertThat(end).containsEntry("status", "success");
    String jobId = String.valueOf(end.get("job_id"));
    double auc = server.metric(jobId, "auc");
    double ks = server.metric(jobId, "ks");
    PlainRegression regression = joined(jobId);

    regression.train(PlainRegression.Loss.EXPANDED, ITERATIONS, RATE, ALPHA);
    // The same steps in the clear: encryption and messages change nothing.
    assertThat(auc).isCloseTo(regression.auc(), within(1e-4));
    assertThat(ks).isCloseTo(regression.ks(), within(2e-3));

    regression.train(PlainRegression.Loss.LOGISTIC, ITERATIONS, RATE, ALPHA);
    // The expanded loss is steeper, so that as many steps lead a little further.
    assertThat(auc).isGreaterThanOrEqualTo(0.98);
    assertThat(auc).isCloseTo(regression.auc(), within(0.01 * regression.auc()));
    assertThat(ks).isBetween(0.99 * regression.ks(), 1.02 * regression.ks());
  }

  @Test
  void learnsNothingFromShuffledLabels() throws Exception {
    List<String> lines = lines("breast_hetero_guest");
    List<String> labels = new ArrayList<>();
    lines.stream().skip(1).forEach(line -> labels.add(line.split(",")[LABEL]));
    Collections.shuffle(labels, new Random(1));
    StringBuilder shuffled = new StringBuilder(lines.get(0)).append('\n');
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",");
      cells[LABEL] = labels.get(i - 1);
      shuffled.append(String.join(",", cells)).append('\n');
    }
    assertThat(server.ended(server.upload("shuffled", shuffled.toString())))
        .containsEntry("status", "success");
    Map<String, Object> conf =
        TestJobs.with(
            // Labels without a meaning give no column a value: keep them all.
            TestJobs.with(
                TestJobs.demoConf(ITERATIONS),
                List.of("unique_value"),
                "algorithm_parameters",
                "hetero_feature_selection_0",
                "filter_methods"),
            Map.of("train_data", List.of(Map.of("name", "shuffled", "namespace", "experiment"))),
            "role_parameters",
            "guest",
            "args",
            "data");

    Map<String, Object> end = server.run(TestJobs.demoDsl(), conf);

    assertThat(end).containsEntry("status", "success");
    assertThat(server.metric(String.valueOf(end.get("job_id")), "auc")).isLessThan(0.65);
  }

  @Test
  void anotherBinningLeadsToAnotherSelection() throws Exception {
    Map<String, Object> conf = TestJobs.demoConf(1);
    Map<String, Object> coarse =
        TestJobs.with(
            TestJobs.with(conf, 2, "algorithm_parameters", "hetero_feature_binning_0", "bin_num"),
            0.5,
            "algorithm_parameters",
            "hetero_feature_selection_0",
            "iv_value_param",
            "value_threshold");
    Map<String, Object> fine =
        TestJobs.with(coarse, 20, "algorithm_parameters", "hetero_feature_binning_0", "bin_num");

    assertThat(selected(coarse)).isNotEqualTo(selected(fine));
  }

  private static List<Collection<String>> selected(Map<String, Object> conf) throws Exception {
    Map<String, Object> end = server.run(TestJobs.demoDsl(), conf);
    assertThat(end).containsEntry("status", "success");
    String jobId = String.valueOf(end.get("job_id"));
    return List.of(columns(jobId, "guest", "9999"), columns(jobId, "host", "10000"));
  }

  /** The columns that the model has a weight for. */
  private static Collection<String> columns(String jobId, String role, String party)
      throws InterruptedException {
    Map<String, Object> summary =
        server.blocking().summary(new ComponentAt(jobId, "hetero_lr_0", role, party));
    List<String> names = new ArrayList<>();
    ((Map<?, ?>) summary.get("coef")).keySet().forEach(name -> names.add(String.valueOf(name)));
    return names;
  }

  /** Both tables on the columns that the federated job selected. */
  private static PlainRegression joined(String jobId) throws Exception {
    Map<String, double[]> guest = table("breast_hetero_guest", columns(jobId, "guest", "9999"));
    Map<String, double[]> host = table("breast_hetero_host", columns(jobId, "host", "10000"));
    Map<String, double[]> labels = table("breast_hetero_guest", List.of("y"));
    double[][] rows =
        guest.keySet().stream()
            .map(
                id ->
                    Arrays.stream(new double[][] {guest.get(id), host.get(id)})
                        .flatMapToDouble(Arrays::stream)
                        .toArray())
            .toArray(double[][]::new);
    boolean[] positive = new boolean[rows.length];
    int row = 0;
    for (String id : guest.keySet()) {
      positive[row++] = labels.get(id)[0] == 1;
    }
    return new PlainRegression(rows, positive);
  }

  private static Map<String, double[]> table(String name, Collection<String> columns)
      throws IOException {
    List<String> lines = lines(name);
    List<String> header = List.of(lines.get(0).split(","));
    Map<String, double[]> rows = new LinkedHashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",");
      rows.put(
          cells[0],
          columns.stream()
              .mapToDouble(column -> Double.parseDouble(cells[header.indexOf(column)]))
              .toArray());
    }
    return rows;
  }

  private static List<String> lines(String table) throws IOException {
    return Files.readAllLines(folder.resolve(table + ".csv"));
  }
}
