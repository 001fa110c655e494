package io.fedflow.benchmarks.components;

import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Which components are measured, each with the settings that a benchmark's line names. */
final class Cases {

  static final Party GUEST = new Party(Role.GUEST, "9999");
  static final Party HOST = new Party(Role.HOST, "10000");

  private static final Map<String, Object> KEY = Map.of("key_length", 2048);

  /** Name to what it adds to a job whose rows come from {@code reader_0}. */
  static final Map<String, Consumer<Pipeline>> ALL = all();

  private Cases() {}

  private static Map<String, Consumer<Pipeline>> all() {
    Map<String, Consumer<Pipeline>> cases = new LinkedHashMap<>();
    cases.put("scale", job -> job.add("scale_0", "FeatureScale").data("reader_0"));
    cases.put("statistics", job -> job.add("statistics_0", "DataStatistics").data("reader_0"));
    cases.put("split", job -> job.add("split_0", "HeteroDataSplit").data("reader_0"));
    cases.put(
        "sample",
        job -> job.add("sample_0", "FederatedSample").data("reader_0").set("fractions", 0.5));
    cases.put(
        "intersect-ecdh",
        job -> job.add("i_0", "Intersection").data("reader_0").set("intersect_method", "ecdh"));
    cases.put("intersect-rsa", job -> job.add("i_0", "Intersection").data("reader_0"));
    cases.put(
        "binning-iv",
        job ->
            job.add("binning_0", "HeteroFeatureBinning")
                .data("reader_0")
                .set("encrypt_param", KEY));
    cases.put(
        "pearson",
        job -> job.add("pearson_0", "HeteroPearson").data("reader_0").set("column_indexes", -1));
    cases.put(
        "lr-epoch",
        job ->
            job.add("lr_0", "HeteroLR")
                .data("train_data", "reader_0")
                .set("max_iter", 1)
                .set("optimizer", "sgd")
                .set("encrypt_param", KEY));
    cases.put(
        "boost-tree",
        job ->
            job.add("boost_0", "HeteroSecureBoost")
                .data("train_data", "reader_0")
                .set("num_trees", 1)
                .set("tree_param", Map.of("max_depth", 3))
                .set("encrypt_param", KEY));
    return cases;
  }

  /** The cases of these names, all if there are none. */
  static List<String> named(List<String> names) {
    names.stream()
        .filter(name -> !ALL.containsKey(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new IllegalArgumentException(name + ": expected one of " + ALL.keySet());
            });
    return names.isEmpty() ? List.copyOf(ALL.keySet()) : names;
  }
}
