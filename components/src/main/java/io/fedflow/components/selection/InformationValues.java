package io.fedflow.components.selection;

import io.fedflow.components.binning.BinningModel;
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
    return merged(binning.own(), merge);
  }

  /** Anonymous name of a host's column to information value; empty for an unknown host. */
  Map<String, Double> ofHost(String hostId, ClassMerge merge) {
    return merged(binning.ofHost(hostId), merge);
  }

  private static Map<String, Double> merged(
      Map<String, io.fedflow.components.binning.BinStatistics> statistics, ClassMerge merge) {
    Map<String, Double> values = new LinkedHashMap<>();
    statistics.forEach((name, counted) -> values.put(name, merge.merge(List.of(counted.total()))));
    return values;
  }
}
