package io.fedflow.components;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.Fedflow;
import io.fedflow.JobHandle;
import io.fedflow.component.TaskId;
import io.fedflow.components.pipeline.ColumnExpand;
import io.fedflow.components.pipeline.DataStatistics;
import io.fedflow.components.pipeline.DataTransform;
import io.fedflow.components.pipeline.FeatureImputation;
import io.fedflow.components.pipeline.FeatureScale;
import io.fedflow.components.pipeline.HeteroDataSplit;
import io.fedflow.components.pipeline.LabelTransform;
import io.fedflow.components.pipeline.Reader;
import io.fedflow.components.pipeline.SampleWeight;
import io.fedflow.components.pipeline.Union;
import io.fedflow.components.testing.Tables;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.pipeline.Data;
import io.fedflow.pipeline.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole jobs of a guest and a host with the components that each party runs alone. */
@Timeout(120)
class LocalComponentsJobTest {

  private static final String SPACE = "local";

  private static Pipeline job() {
    Pipeline job = new Pipeline().party(GUEST.role(), GUEST.id()).party(HOST.role(), HOST.id());
    Reader reader = new Reader("reader_0");
    reader.at(GUEST).set("table", Map.of("namespace", SPACE, "name", "guest"));
    reader.at(HOST).set("table", Map.of("namespace", SPACE, "name", "host"));
    DataTransform transform = new DataTransform("transform_0");
    transform.at(GUEST).set("with_label", true).set("label_type", "str");
    return job.addComponent(reader)
        .addComponent(
            new ColumnExpand("expand_0").appendHeader(List.of("more")).fillValue(5),
            Data.of("reader_0.data"))
        .addComponent(transform, Data.of("expand_0.data"));
  }

  private static Fedflow site(boolean hostHasValues) {
    Fedflow site = Fedflow.builder().build();
    String[] guest =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    String.format(
                        "r%02d,%s,%d,%s", i, i < 8 ? "no" : "yes", i, i % 5 == 0 ? "" : "1"))
            .toArray(String[]::new);
    String[] host =
        IntStream.range(0, 20)
            .mapToObj(i -> String.format("r%02d,%d,%s", i, 7 * i, hostHasValues ? "3" : ""))
            .toArray(String[]::new);
    site.data().store(StoreRequest.upload(SPACE, "guest"), Tables.raw("y,a,b", guest));
    site.data().store(StoreRequest.upload(SPACE, "host"), Tables.raw("c,last", host));
    return site;
  }

  private static JobHandle.Outcome end(JobHandle handle) {
    return handle.completion().toCompletableFuture().join();
  }

  private static Map<String, Object> summary(
      Fedflow site, JobHandle handle, String component, Party party) {
    return site.tracking()
        .summary(new TaskId(handle.jobId(), component, 0), party)
        .toCompletableFuture()
        .join()
        .orElseThrow();
  }

  @Test
  void aChainOfThem_runsAtBothParties() {
    try (Fedflow site = site(true)) {
      SampleWeight weight = new SampleWeight("weight_0");
      weight.at(GUEST).set("class_weight", "balanced");
      HeteroDataSplit split = new HeteroDataSplit("split_0").trainSize(0.5).testSize(0.5);
      split.at(GUEST).set("stratified", true);
      JobHandle handle =
          site.submit(
                  job()
                      .addComponent(
                          new FeatureImputation("imputation_0").missingFillMethod("mode"),
                          Data.of("transform_0.data"))
                      .addComponent(new FeatureScale("scale_0"), Data.of("imputation_0.data"))
                      .addComponent(new LabelTransform("labels_0"), Data.of("scale_0.data"))
                      .addComponent(weight, Data.of("labels_0.data"))
                      .addComponent(split, Data.of("weight_0.data"))
                      .addComponent(
                          new Union("union_0"), Data.of("split_0.train_data", "split_0.test_data"))
                      .addComponent(
                          new DataStatistics("statistics_0").statistics(List.of("count")),
                          Data.of("union_0.data"))
                      .compile())
              .toCompletableFuture()
              .join();
      assertThat(end(handle).cause()).isEmpty();
      assertThat(end(handle).status()).isEqualTo(JobStatus.SUCCESS);
      Map<String, Object> statistics = summary(site, handle, "statistics_0", GUEST);
      assertThat(statistics).containsOnlyKeys("a", "b", "more");
      Map<?, ?> a = (Map<?, ?>) statistics.get("a");
      assertThat(((Number) a.get("count")).intValue()).isEqualTo(20);
      assertThat(((Number) a.get("stddev")).doubleValue())
          .isEqualTo(1, org.assertj.core.api.Assertions.within(1e-9));
      assertThat(summary(site, handle, "statistics_0", HOST)).containsKeys("c", "last");
      assertThat(
              (Map<?, ?>) summary(site, handle, "imputation_0", GUEST).get("missing_impute_rate"))
          .isEqualTo(Map.of("a", 0.0, "b", 0.2, "more", 0.0));
      assertThat(summary(site, handle, "union_0", HOST).get("Total")).isEqualTo(20);
    }
  }

  @Test
  void aColumnWithoutValues_failsTheJob_namingPartyComponentAndColumn() {
    try (Fedflow site = site(false)) {
      JobHandle handle =
          site.submit(
                  job()
                      .addComponent(new FeatureScale("scale_0"), Data.of("transform_0.data"))
                      .compile())
              .toCompletableFuture()
              .join();
      assertThat(end(handle).status()).isEqualTo(JobStatus.FAILED);
      assertThat(end(handle).cause()).contains("host:10000", "scale_0", "column last");
    }
  }
}
