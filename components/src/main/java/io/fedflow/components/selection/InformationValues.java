package io.fedflow.components.selection;

import io.fedflow.components.binning.BinStatistics;
import io.fedflow.components.binning.BinningModel;
import io.fedflow.components.binning.BinningModel.ClassStatistics;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The information values that the guest knows. Immutable. */
final class InformationValues {

  private final BinningModel binning;

  private InformationValues(BinningModel binning) {
    this.binning = binning;
  }

  /**
   * Reads a binning.
   *
   * @throws FedflowException {@code selection.isometric} (INVALID) if it counted nothing
   */
  static InformationValues of(ComponentModel stored) {
    BinningModel binning = BinningModel.of(stored);
    if (binning.own().isEmpty()) {
      throw FedflowException.invalid(
          "selection.isometric",
          "the model of "
              + stored.component()
              + " holds no information values; run it without skip_static");
    }
    return new InformationValues(binning);
  }

  /** Own column to information value. */
  Map<String, Double> own(ClassMerge merge) {
    return merged(binning.classes().stream().map(ClassStatistics::own).toList(), merge);
  }

  /** Anonymous name of a host's column to information value; empty for an unknown host. */
  Map<String, Double> ofHost(String hostId, ClassMerge merge) {
    return merged(binning.classes().stream().map(one -> one.ofHost(hostId)).toList(), merge);
  }

  /** One value of those of all classes, which have the same columns. */
  private static Map<String, Double> merged(
      List<Map<String, BinStatistics>> classes, ClassMerge merge) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String column : classes.get(0).keySet()) {
      values.put(
          column,
          merge.merge(
              classes.stream()
                  .filter(one -> one.containsKey(column))
                  .map(one -> one.get(column).total())
                  .toList()));
    }
    return values;
  }
}
