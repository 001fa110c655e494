package io.fedflow.components.selection;

import io.fedflow.components.selection.KeepRule.Candidate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Applies one filter to the columns of one or several parties that are judged together. */
final class FilterRun {

  private FilterRun() {}

  /**
   * What each party keeps. A column without a value stays: nothing speaks against it. A party that
   * would lose every column keeps its best one.
   *
   * @param columns per party, own first, the columns before the filter
   * @param values per party, what the filter judges by
   */
  static List<StepResult> judge(
      FilterStep step, List<List<String>> columns, List<Map<String, Double>> values) {
    List<Candidate> pooled = new ArrayList<>();
    for (int party = 0; party < columns.size(); party++) {
      // Party 0 is the own one; hosts follow in role order.
      double threshold = party == 0 ? step.threshold() : step.thresholdOfHost(party - 1);
      for (String column : columns.get(party)) {
        Double value = values.get(party).get(column);
        if (value != null) {
          pooled.add(new Candidate(party, column, value, threshold));
        }
      }
    }
    Set<Candidate> kept = step.rule().keep(pooled, step.takeHigh(), step.threshold());
    List<StepResult> results = new ArrayList<>();
    for (int party = 0; party < columns.size(); party++) {
      results.add(result(step, party, columns.get(party), values.get(party), pooled, kept));
    }
    return results;
  }

  private static StepResult result(
      FilterStep step,
      int party,
      List<String> columns,
      Map<String, Double> values,
      List<Candidate> pooled,
      Set<Candidate> kept) {
    Set<String> names =
        kept.stream()
            .filter(c -> c.party() == party)
            .map(Candidate::name)
            .collect(Collectors.toSet());
    List<String> left =
        columns.stream().filter(c -> !values.containsKey(c) || names.contains(c)).toList();
    if (left.isEmpty()) {
      left =
          pooled.stream()
              .filter(c -> c.party() == party)
              .sorted(KeepRule.best(step.takeHigh()))
              .map(Candidate::name)
              .limit(1)
              .toList();
    }
    Map<String, Double> seen = new LinkedHashMap<>();
    columns.stream().filter(values::containsKey).forEach(c -> seen.put(c, values.get(c)));
    return new StepResult(columns, left, seen);
  }

  /** The result of a filter by name; if it would remove every column, the first stays. */
  static StepResult byName(List<String> columns, Set<String> left) {
    List<String> kept = columns.stream().filter(left::contains).toList();
    return new StepResult(
        columns, kept.isEmpty() && !columns.isEmpty() ? columns.subList(0, 1) : kept, Map.of());
  }
}
