package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskTracker.MetricPoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What a party's tracking shows of an intersection. */
final class IntersectionReport {

  private IntersectionReport() {}

  /**
   * Writes what a run tells that made a cache: by its key CacheLoader finds it.
   *
   * @param ids the party's input
   */
  static void writeMade(TaskContext context, IdsToMatch ids, String key) {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("cache_key", key);
    summary.put("unique_id_num", ids.ids().length);
    context.tracker().summary(summary);
    context.log().info("a cache with the key " + key + " is kept; nothing was compared");
  }

  /**
   * Writes metrics and summary.
   *
   * @param settings of the run
   * @param ids the party's input
   * @param common how many of them are in the intersection
   * @param samples how many rows those are, with match ids
   */
  static void write(
      TaskContext context, Settings settings, IdsToMatch ids, int common, OptionalInt samples) {
    int rows = ids.ids().length;
    double rate = rows == 0 ? 0 : (double) common / rows;
    int unmatched = rows - common;
    List<MetricPoint> points =
        new ArrayList<>(
            List.of(
                new MetricPoint("intersect_count", common),
                new MetricPoint("input_match_id_count", rows),
                new MetricPoint("intersect_rate", rate),
                new MetricPoint("unmatched_count", unmatched),
                new MetricPoint("unmatched_rate", rows == 0 ? 0 : (double) unmatched / rows)));
    samples.ifPresent(count -> points.add(new MetricPoint("intersect_sample_id_count", count)));
    context.tracker().metric("train", "intersection", points);
    context
        .tracker()
        .metricMeta(
            "train",
            "intersection",
            "INTERSECTION",
            Map.of(
                "intersect_method", settings.method(),
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
