package io.fedflow.benchmarks.components;

import java.util.List;
import java.util.Map;

/** Cases of components in which parties find, draw, split or add rows together. Stateless. */
final class AlignmentCases {

  private AlignmentCases() {}

  static List<ComponentCase> all() {
    ComponentCase intersection = ComponentCase.of("Intersection", "ecdh").data(Synthetic.COLUMNS);
    return List.of(
        intersection.set("intersect_method", "ecdh"),
        ComponentCase.of("Intersection", "rsa")
            .data(Synthetic.COLUMNS)
            .set("intersect_method", "rsa")
            .keyed("rsa_params", AlignmentCases::length),
        ComponentCase.of("Intersection", "dh")
            .data(Synthetic.COLUMNS)
            .set("intersect_method", "dh")
            .keyed("dh_params", AlignmentCases::length),
        ComponentCase.of("SecureInformationRetrieval", "")
            .data(Synthetic.COLUMNS)
            .set("target_cols", "x0")
            .keyed("dh_params", AlignmentCases::length)
            .growing(Growth.LINEAR.oneHost()),
        ComponentCase.of("FederatedSample", "random").data(Synthetic.COLUMNS).set("fractions", 0.5),
        ComponentCase.of("FederatedSample", "stratified")
            .data(Synthetic.COLUMNS)
            .set("mode", "stratified")
            .set("method", "upsample")
            .set("fractions", List.of(List.of(0, 1.5), List.of(1, 1.0))),
        ComponentCase.of("HeteroDataSplit", "")
            .data(Synthetic.COLUMNS)
            .set("train_size", 0.8)
            .set("test_size", 0.2)
            .setAtGuest("stratified", true),
        // Everybody shares every value with everybody, for at most a million values.
        ComponentCase.of("FeldmanVerifiableSum", "")
            .data(Synthetic.COLUMNS)
            .set("sum_cols", List.of(0))
            .growing(Growth.PAIRS_OF_PARTIES),
        ComponentCase.of("PositiveUnlabeled", "")
            .data(Synthetic.PREDICTIONS)
            .data(Synthetic.COLUMNS)
            .set("threshold", 0.9),
        ComponentCase.of("SecureAddExample", "")
            .data(Synthetic.COLUMNS)
            .set("data_num", (bits, shape) -> shape.rows())
            .growing(Growth.LINEAR.oneHost()));
  }

  private static Map<String, Object> length(int bits) {
    return Map.of("key_length", bits);
  }
}
