package io.fedflow.components.binning;

import io.fedflow.components.binning.BinningModel.ClassStatistics;
import io.fedflow.components.binning.BinningModel.HostStatistics;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ModelMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the statistics of a stored binning. Stateless. */
final class StoredStatistics {

  private StoredStatistics() {}

  /**
   * The statistics of every class.
   *
   * @param param the stored parameters
   * @param columns its own columns
   * @throws FedflowException {@code binning.model} (INVALID) if classes and results differ in
   *     number
   */
  static List<ClassStatistics> read(ModelMessage param, Map<String, ModelMessage> columns) {
    ModelMessage several = param.message("multi_class_result");
    List<String> labels = several.list("labels");
    if (labels.size() > 2) {
      return ofClasses(several, labels);
    }
    Map<String, BinStatistics> own = columns(columns);
    List<ModelMessage> hosts = param.list("host_results");
    return own.isEmpty() && hosts.isEmpty()
        ? List.of()
        : List.of(
            new ClassStatistics("", own, hosts.stream().map(StoredStatistics::host).toList()));
  }

  private static List<ClassStatistics> ofClasses(ModelMessage several, List<String> labels) {
    List<ModelMessage> own = several.list("results");
    List<ModelMessage> hosts = several.list("host_results");
    if (own.size() != labels.size() || hosts.size() % labels.size() != 0) {
      throw FedflowException.invalid(
          "binning.model",
          "multi_class_result: found "
              + own.size()
              + " results and "
              + hosts.size()
              + " of hosts, allowed is one for each of "
              + labels.size()
              + " labels");
    }
    List<ClassStatistics> classes = new ArrayList<>();
    for (int label = 0; label < labels.size(); label++) {
      List<HostStatistics> ofHosts = new ArrayList<>();
      for (int i = label; i < hosts.size(); i += labels.size()) {
        ofHosts.add(host(hosts.get(i)));
      }
      classes.add(
          new ClassStatistics(
              labels.get(label), columns(own.get(label).map("binning_result")), ofHosts));
    }
    return classes;
  }

  private static HostStatistics host(ModelMessage stored) {
    return new HostStatistics(stored.text("party_id"), columns(stored.map("binning_result")));
  }

  private static Map<String, BinStatistics> columns(Map<String, ModelMessage> stored) {
    Map<String, BinStatistics> read = new LinkedHashMap<>();
    stored.forEach(
        (name, column) -> {
          if (!column.list("woe_array").isEmpty()) {
            read.put(
                name,
                new BinStatistics(
                    column.list("woe_array"),
                    column.list("iv_array"),
                    column.list("event_count_array"),
                    column.list("non_event_count_array"),
                    column.list("event_rate_array"),
                    column.list("non_event_rate_array"),
                    column.number("iv"),
                    column.bool("is_woe_monotonic"),
                    column.list("optimal_metric_array")));
          }
        });
    return read;
  }
}
