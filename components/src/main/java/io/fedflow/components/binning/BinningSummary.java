package io.fedflow.components.binning;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The component summaries, as plain maps and lists. */
final class BinningSummary {

  private BinningSummary() {}

  /** Information values in falling order, weights of evidence, and split points. */
  static Map<String, Object> ofGuest(BinningModel model) {
    List<List<Object>> values = new ArrayList<>();
    Map<String, Object> woe = new LinkedHashMap<>();
    Map<String, Object> monotonic = new LinkedHashMap<>();
    model
        .own()
        .forEach(
            (name, counted) -> {
              values.add(List.of(name, counted.total()));
              woe.put(name, counted.woe());
              monotonic.put(name, counted.monotonic());
            });
    model
        .hosts()
        .forEach(
            host ->
                host.columns()
                    .forEach(
                        (name, counted) -> {
                          values.add(List.of(name, counted.total()));
                          woe.put(name, counted.woe());
                          monotonic.put(name, counted.monotonic());
                        }));
    values.sort(Comparator.comparing(pair -> -((Number) pair.get(1)).doubleValue()));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("iv", values);
    result.put("woe", woe);
    result.put("monotonic", monotonic);
    result.put("split_points", splitPoints(model));
    return Map.of("result", result);
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
