package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskTracker.MetricPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a party's tracking shows of an intersection. */
final class IntersectionReport {

  private IntersectionReport() {}

  /**
   * Writes metrics and summary.
   *
   * @param rows of the party's input
   * @param common of them in the intersection
   */
  static void write(TaskContext context, int rows, int common) {
    double rate = rows == 0 ? 0 : (double) common / rows;
    int unmatched = rows - common;
    context
        .tracker()
        .metric(
            "train",
            "intersection",
            List.of(
                new MetricPoint("intersect_count", common),
                new MetricPoint("input_match_id_count", rows),
                new MetricPoint("intersect_rate", rate),
                new MetricPoint("unmatched_count", unmatched),
                new MetricPoint("unmatched_rate", rows == 0 ? 0 : (double) unmatched / rows)));
    context
        .tracker()
        .metricMeta(
            "train",
            "intersection",
            "INTERSECTION",
            Map.of(
                "intersect_method", IntersectionParameters.method(context.params()),
                "join_method", context.params().text("join_method")));
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("cardinality_only", context.params().bool("cardinality_only"));
    summary.put("unique_id_num", rows);
    summary.put("intersect_num", common);
    summary.put("intersect_rate", rate);
    context.tracker().summary(summary);
    if (common == 0) {
      context.log().warning("the parties have no id in common");
    } else {
      context.log().info(common + " of " + rows + " rows are in the intersection");
    }
  }
}
