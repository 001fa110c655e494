package io.fedflow.components.binning;

import io.fedflow.components.binning.BinningModel.ClassStatistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The component summaries, as plain maps and lists. */
final class BinningSummary {

  private BinningSummary() {}

  /**
   * Information values in falling order, weights of evidence, and split points: under {@code
   * result} for two classes, under each label for more.
   */
  static Map<String, Object> ofGuest(BinningModel model) {
    if (model.classes().isEmpty()) {
      return Map.of("result", of(new ClassStatistics("", Map.of(), List.of()), model));
    }
    Map<String, Object> summary = new LinkedHashMap<>();
    for (ClassStatistics one : model.classes()) {
      summary.put(model.ofSeveralClasses() ? one.label() : "result", of(one, model));
    }
    return summary;
  }

  private static Map<String, Object> of(ClassStatistics statistics, BinningModel model) {
    List<List<Object>> values = new ArrayList<>();
    Map<String, Object> woe = new LinkedHashMap<>();
    Map<String, Object> monotonic = new LinkedHashMap<>();
    List<Map<String, BinStatistics>> parties = new ArrayList<>(List.of(statistics.own()));
    statistics.hosts().forEach(host -> parties.add(host.columns()));
    for (Map<String, BinStatistics> columns : parties) {
      columns.forEach(
          (name, counted) -> {
            values.add(List.of(name, counted.total()));
            woe.put(name, counted.woe());
            monotonic.put(name, counted.monotonic());
          });
    }
    values.sort(Comparator.comparing(pair -> -((Number) pair.get(1)).doubleValue()));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("iv", values);
    result.put("woe", woe);
    result.put("monotonic", monotonic);
    result.put("split_points", splitPoints(model));
    return result;
  }

  /** Split points. */
  static Map<String, Object> ofHost(BinningModel model) {
    return Map.of("split_points", splitPoints(model));
  }

  private static Map<String, Object> splitPoints(BinningModel model) {
    Map<String, Object> points = new LinkedHashMap<>();
    model
        .bins()
        .forEach(
            (name, cut) -> {
              List<Double> cuts = new ArrayList<>();
              for (double point : cut.points()) {
                cuts.add(point);
              }
              points.put(name, cuts);
            });
    return points;
  }
}
