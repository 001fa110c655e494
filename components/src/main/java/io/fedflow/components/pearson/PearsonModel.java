package io.fedflow.components.pearson;

import io.fedflow.components.pearson.CrossCorrelation.Result;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The correlations that one party knows, and their stored form: FATE 1.11's {@code
 * PearsonModelMeta} and {@code PearsonModelParam}. Immutable by convention.
 *
 * @param self the party
 * @param partner whose columns the cross correlations are with
 * @param names own columns to their anonymous names, in order
 * @param local correlations of own columns; NaN for constant ones
 * @param inflation variance inflation factors of own columns; empty if not asked for
 * @param cross correlations with the partner; empty if not asked for
 */
record PearsonModel(
    Party self,
    Party partner,
    Map<String, String> names,
    double[][] local,
    double[] inflation,
    Optional<Result> cross) {

  static final String MODULE = "HeteroPearson";

  private static final MessageSchema META =
      MessageSchema.builder("PearsonModelMeta").repeated("shapes", 1, Type.INT32).build();

  private static final MessageSchema NAMES =
      MessageSchema.builder("Names").repeated("names", 1, Type.STRING).build();

  private static final MessageSchema ANONYMOUS =
      MessageSchema.builder("AnonymousMap")
          .one("anonymous", 1, Type.STRING)
          .one("name", 2, Type.STRING)
          .build();

  private static final MessageSchema PARAM =
      MessageSchema.builder("PearsonModelParam")
          .one("party", 1, Type.STRING)
          .repeated("parties", 2, Type.STRING)
          .one("shape", 3, Type.INT32)
          .repeated("shapes", 4, Type.INT32)
          .repeated("names", 5, Type.STRING)
          .repeated("corr", 6, Type.DOUBLE)
          .repeated("local_corr", 7, Type.DOUBLE)
          .repeated("all_names", 8, NAMES)
          .repeated("anonymous_map", 9, ANONYMOUS)
          .one("model_name", 10, Type.STRING)
          .repeated("local_vif", 11, Type.DOUBLE)
          .build();

  /** The component's summary; null stands for what there is none of, as JSON has no NaN. */
  Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("num_local_features", names.size());
    cross.ifPresent(result -> summary.put("num_remote_features", result.partnerNames().size()));
    summary.put("local_corr", rows(local));
    cross.ifPresent(result -> summary.put("corr", rows(result.correlations())));
    return summary;
  }

  /** The stored form. */
  ComponentModel toStored(String component) {
    List<String> own = List.copyOf(names.keySet());
    Map<String, Object> param = new LinkedHashMap<>();
    param.put("party", spoken(self));
    param.put("shape", own.size());
    param.put("names", own);
    param.put("local_corr", flat(local));
    param.put("model_name", MODULE);
    param.put("local_vif", Arrays.stream(inflation).boxed().toList());
    param.put(
        "anonymous_map",
        names.entrySet().stream()
            .map(
                e ->
                    new ModelMessage(
                        ANONYMOUS, Map.of("anonymous", e.getValue(), "name", e.getKey())))
            .toList());
    List<Integer> shapes = new ArrayList<>();
    if (cross.isPresent()) {
      boolean guest = self.role().equals(Role.GUEST);
      List<String> other = cross.get().partnerNames();
      shapes.add(guest ? own.size() : other.size());
      shapes.add(guest ? other.size() : own.size());
      param.put("parties", List.of(spoken(guest ? self : partner), spoken(guest ? partner : self)));
      param.put("corr", flat(cross.get().correlations()));
      param.put("all_names", List.of(names(guest ? own : other), names(guest ? other : own)));
    }
    param.put("shapes", shapes);
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    messages.put("HeteroPearsonModelMeta", new ModelMessage(META, Map.of("shapes", shapes)));
    messages.put("HeteroPearsonModelParam", new ModelMessage(PARAM, param));
    return new ComponentModel(component, MODULE, "model", messages);
  }

  private static ModelMessage names(List<String> names) {
    return new ModelMessage(NAMES, Map.of("names", names));
  }

  private static String spoken(Party party) {
    return "(" + party.role() + "," + party.id() + ")";
  }

  private static List<Double> flat(double[][] matrix) {
    return Arrays.stream(matrix).flatMapToDouble(Arrays::stream).boxed().toList();
  }

  private static List<List<Double>> rows(double[][] matrix) {
    List<List<Double>> rows = new ArrayList<>();
    for (double[] values : matrix) {
      List<Double> row = new ArrayList<>();
      for (double value : values) {
        row.add(Double.isNaN(value) ? null : (Double) value);
      }
      rows.add(row);
    }
    return rows;
  }
}
