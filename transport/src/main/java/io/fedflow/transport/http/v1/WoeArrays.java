package io.fedflow.transport.http.v1;

import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights of evidence that a guest computed for its hosts' columns. A host never learns them from a
 * training; its guest may hand them over, by anonymous names of columns.
 */
final class WoeArrays {

  private static final String MODULE = "HeteroFeatureBinning";
  private static final String WOE = "woe_array";
  private static final String RESULT = "binning_result";

  private static final String TRANSFORM = "transform_param";

  /** The key of FATE's files. */
  private static final String ARRAY = "woeArray";

  private WoeArrays() {}

  /**
   * What a guest's model knows of all its hosts: anonymous name of a column to {@code {"woeArray":
   * weights}}, one weight for each bin, as FATE's sites exchange it.
   *
   * @throws FedflowException {@code woe.module}, or {@code woe.none} if it knows nothing
   */
  static Map<String, Map<String, List<Double>>> of(ComponentModel guest) {
    Map<String, Map<String, List<Double>>> arrays = new LinkedHashMap<>();
    List<ModelMessage> hosts = param(guest).list("host_results");
    for (ModelMessage host : hosts) {
      Map<String, ModelMessage> columns = host.map(RESULT);
      columns.forEach(
          (name, column) -> {
            List<Double> weights = column.list(WOE);
            if (!weights.isEmpty()) {
              arrays.put(name, Map.of(ARRAY, weights));
            }
          });
    }
    if (arrays.isEmpty()) {
      throw FedflowException.invalid(
          "woe.none",
          "component_name: the model of "
              + guest.component()
              + " knows no weights of evidence of a host; run it without skip_static and local_only"
              + " at guest and hosts");
    }
    return arrays;
  }

  /**
   * A host's model that replaces values by the weights of its own columns; those of other hosts are
   * left out.
   *
   * @param arrays anonymous name of a column to {@code {"woeArray": weights}} or to the weights
   *     alone, one for each bin
   * @throws FedflowException {@code woe.module}, or {@code woe.array} if they do not fit, or a
   *     column that the model transforms has none
   */
  static ComponentModel into(ComponentModel host, Party party, Map<String, Object> arrays) {
    ModelMessage param = param(host);
    List<String> header = param.list("header");
    List<String> anonymous = param.list("header_anonymous");
    Map<String, ModelMessage> before = param.message(RESULT).map(RESULT);
    Map<String, ModelMessage> columns = new LinkedHashMap<>(before);
    boolean found = false;
    for (int i = 0; i < header.size() && i < anonymous.size(); i++) {
      Object given = arrays.get(anonymous.get(i));
      ModelMessage column = before.get(header.get(i));
      if (given != null && column != null) {
        found = true;
        int bins = (int) column.number("bin_nums");
        columns.put(
            header.get(i), with(column, WOE, weights(anonymous.get(i), array(given), bins)));
      }
    }
    if (!found) {
      throw FedflowException.invalid(
          "woe.array",
          "woe_array: found columns "
              + arrays.keySet()
              + ", none of which "
              + party
              + " has; allowed are of "
              + anonymous);
    }
    ModelMessage merged = with(param, RESULT, with(param.message(RESULT), RESULT, columns));
    ModelMessage old = host.meta();
    ModelMessage meta = weighing(old, header, columns);
    Map<String, ModelMessage> messages = new LinkedHashMap<>(host.messages());
    messages.replaceAll(
        (name, message) -> message == param ? merged : message == old ? meta : message);
    return new ComponentModel(host.component(), host.module(), host.alias(), messages);
  }

  /** The settings of a model that transforms by weights, whatever it did before. */
  private static ModelMessage weighing(
      ModelMessage meta, List<String> header, Map<String, ModelMessage> columns) {
    ModelMessage transform = meta.message(TRANSFORM);
    List<Number> positions = transform.list("transform_cols");
    List<String> without =
        positions.stream()
            .map(position -> header.get(position.intValue()))
            .filter(name -> !columns.containsKey(name) || columns.get(name).list(WOE).isEmpty())
            .toList();
    if (!without.isEmpty()) {
      throw FedflowException.invalid(
          "woe.array",
          "woe_array: found no weights of the columns "
              + without
              + ", allowed are those of every column that the model transforms");
    }
    return with(meta, TRANSFORM, with(transform, "transform_type", "woe"));
  }

  private static Object array(Object given) {
    return given instanceof Map<?, ?> object ? object.get(ARRAY) : given;
  }

  private static List<Double> weights(String column, Object given, int bins) {
    List<Double> weights = new ArrayList<>();
    if (given instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Number number && Double.isFinite(number.doubleValue())) {
          weights.add(number.doubleValue());
        }
      }
      if (weights.size() == list.size() && weights.size() == bins) {
        return weights;
      }
    }
    throw FedflowException.invalid(
        "woe.array",
        "woe_array/"
            + column
            + ": found "
            + (given instanceof List<?> list ? list.size() + " values" : "no list")
            + ", allowed a finite number for each of "
            + bins
            + " bins");
  }

  private static ModelMessage with(ModelMessage message, String field, Object value) {
    Map<String, Object> values = new LinkedHashMap<>(message.values());
    values.put(field, value);
    return new ModelMessage(message.schema(), values);
  }

  private static ModelMessage param(ComponentModel model) {
    if (!model.module().equals(MODULE)) {
      throw FedflowException.invalid(
          "woe.module",
          "component_name: found "
              + model.component()
              + " of "
              + model.module()
              + ", allowed one of "
              + MODULE);
    }
    return model.param();
  }
}
