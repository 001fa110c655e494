package io.fedflow.components.sampling;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.failure.Problems;
import java.util.List;

/** What a conf may say to {@link FederatedSample}. */
final class SampleParameters {

  static final String RANDOM = "random";
  static final String STRATIFIED = "stratified";
  static final String BY_WEIGHT = "exact_by_weight";
  static final String UP = "upsample";
  static final String HOMO = "homo";

  static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .choice(
              "mode",
              RANDOM,
              List.of(RANDOM, STRATIFIED, BY_WEIGHT),
              "what decides how often a row is drawn")
          .choice(
              "method",
              "downsample",
              List.of("downsample", UP),
              "whether rows are drawn once at most, or again and again")
          .any(
              "fractions",
              null,
              "drawn rows by rows: a number, or [label, number] for each label of mode stratified",
              ParameterType.NUMBER,
              ParameterType.LIST,
              ParameterType.NULL)
          .any(
              "random_state",
              null,
              "seed of the draw; null takes the job's",
              ParameterType.INT,
              ParameterType.NULL)
          .choice(
              "task_type",
              "hetero",
              List.of("hetero", HOMO),
              "whether the guest draws for all, or each party its own rows")
          .bool("need_run", true, "false hands the data on unchanged")
          .build();

  private SampleParameters() {}

  /** The rules over several parameters. */
  static void check(Params params, String pointer, Problems problems) {
    if (!params.bool("need_run")) {
      return;
    }
    Object fractions = params.get("fractions");
    boolean down = !params.text("method").equals(UP);
    switch (params.text("mode")) {
      case RANDOM -> checkFraction(fractions, down, pointer + "/fractions", problems);
      case STRATIFIED -> {
        if (!(fractions instanceof List<?> list) || list.isEmpty()) {
          problems.error(
              pointer + "/fractions", "wrong type", fractions, "an array of [label, number]");
          return;
        }
        for (int i = 0; i < list.size(); i++) {
          String at = pointer + "/fractions/" + i;
          if (list.get(i) instanceof List<?> pair && pair.size() == 2 && pair.get(0) != null) {
            checkFraction(pair.get(1), down, at + "/1", problems);
          } else {
            problems.error(at, "wrong type", list.get(i), "[label, number]");
          }
        }
      }
      default -> {}
    }
  }

  private static void checkFraction(
      Object fraction, boolean down, String pointer, Problems problems) {
    boolean fine =
        ParameterType.NUMBER.accepts(fraction)
            && ((Number) fraction).doubleValue() > 0
            && (!down || ((Number) fraction).doubleValue() <= 1);
    if (!fine) {
      problems.error(
          pointer, "out of range", fraction, down ? "a number > 0 and <= 1" : "a number > 0");
    }
  }
}
