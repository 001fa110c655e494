package io.fedflow.components.selection;

import io.fedflow.components.pearson.StoredCorrelations;
import io.fedflow.components.pearson.StoredCorrelations.Matrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes through columns by falling information value: each that is still there removes all others
 * that go along with it. A host's columns are compared with the guest's, not with each other, since
 * nobody but the host knows those correlations.
 */
final class CorrelationRun {

  private final StoredCorrelations correlations;
  private final double threshold;

  /**
   * Over correlations.
   *
   * @param threshold the largest absolute correlation that two columns may have
   */
  CorrelationRun(StoredCorrelations correlations, double threshold) {
    this.correlations = correlations;
    this.threshold = threshold;
  }

  private record Ranked(int party, String name, double value) {}

  /**
   * What each party keeps. A column without an information value comes last. A party that would
   * lose every column keeps its best one; a host without correlations loses none.
   *
   * @param columns per party, own first, then hosts in role order
   * @param values per party, information values
   * @param host which of them, from 1, the cross correlations are with; 0 for none
   * @return per party; values are the correlation that a column was removed for, 0 for one that
   *     stays
   */
  List<StepResult> judge(List<List<String>> columns, List<Map<String, Double>> values, int host) {
    List<Ranked> order = new ArrayList<>();
    List<Map<String, Double>> removedFor = new ArrayList<>();
    for (int party = 0; party < columns.size(); party++) {
      removedFor.add(new LinkedHashMap<>());
      for (String name : columns.get(party)) {
        double value = values.get(party).getOrDefault(name, Double.NEGATIVE_INFINITY);
        if (party == 0 || party == host) {
          order.add(new Ranked(party, name, value));
        }
      }
    }
    order.sort(Comparator.comparingDouble(Ranked::value).reversed());
    for (Ranked kept : order) {
      if (removedFor.get(kept.party()).containsKey(kept.name())) {
        continue;
      }
      for (Ranked other : order) {
        double correlation = other.equals(kept) ? 0 : between(kept, other);
        if (Math.abs(correlation) > threshold) {
          removedFor.get(other.party()).putIfAbsent(other.name(), correlation);
        }
      }
    }
    List<StepResult> results = new ArrayList<>();
    for (int party = 0; party < columns.size(); party++) {
      results.add(
          party == 0 || party == host
              ? result(columns.get(party), removedFor.get(party), party, order)
              : new StepResult(columns.get(party), columns.get(party), Map.of()));
    }
    return results;
  }

  private static StepResult result(
      List<String> columns, Map<String, Double> removed, int party, List<Ranked> order) {
    List<String> left = columns.stream().filter(name -> !removed.containsKey(name)).toList();
    if (left.isEmpty()) {
      left = order.stream().filter(c -> c.party() == party).map(Ranked::name).limit(1).toList();
    }
    Map<String, Double> seen = new LinkedHashMap<>();
    columns.forEach(name -> seen.put(name, removed.getOrDefault(name, 0.0)));
    return new StepResult(columns, left, seen);
  }

  private double between(Ranked one, Ranked other) {
    if (one.party() == 0 && other.party() == 0) {
      return correlations.local().of(one.name(), other.name());
    }
    if (one.party() != 0 && other.party() != 0) {
      return 0;
    }
    Matrix cross = correlations.cross().orElseThrow().matrix();
    return one.party() == 0
        ? cross.of(one.name(), other.name())
        : cross.of(other.name(), one.name());
  }
}
