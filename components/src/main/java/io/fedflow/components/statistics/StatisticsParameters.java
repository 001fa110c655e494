package io.fedflow.components.statistics;

import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.failure.Problems;
import java.util.List;

/** What a conf may say to {@link DataStatistics}. */
final class StatisticsParameters {

  static final ParameterSchema SCHEMA =
      ParameterSchema.builder()
          .any(
              "statistics",
              StatisticNames.SUMMARY,
              "what to measure beyond the basic set: summary, a name, a percentile such as 95%, or"
                  + " an array of them",
              ParameterType.TEXT,
              ParameterType.LIST)
          .any(
              "column_names",
              null,
              "names of further columns to measure",
              ParameterType.LIST,
              ParameterType.NULL)
          .any(
              "column_indexes",
              -1,
              "positions of the columns to measure; -1 for all",
              ParameterType.INT,
              ParameterType.LIST,
              ParameterType.NULL)
          .bool("need_run", true, "false measures nothing")
          .any(
              "abnormal_list",
              null,
              "values that count as missing",
              ParameterType.LIST,
              ParameterType.NULL)
          .number("quantile_error", 0.0001, 0.0, 1.0, "allowed error of ranks; they are exact")
          .bool("bias", true, "false corrects skewness and kurtosis for the number of values")
          .build();

  private StatisticsParameters() {}

  /** The rules over several parameters. */
  static void check(Params params, String pointer, Problems problems) {
    Object asked = params.get("statistics");
    List<?> names = asked instanceof List<?> list ? list : List.of(asked);
    for (int i = 0; i < names.size(); i++) {
      if (!(names.get(i) instanceof String name) || !StatisticNames.knows(name)) {
        problems.error(
            pointer + "/statistics" + (asked instanceof List<?> ? "/" + i : ""),
            "unknown statistic",
            names.get(i),
            "summary, count, variance, a percentile 0%..100%, or one of " + StatisticNames.BASIC);
      }
    }
  }
}
