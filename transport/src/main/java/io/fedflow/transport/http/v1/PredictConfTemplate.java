package io.fedflow.transport.http.v1;

import io.fedflow.model.PipelineModel;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A conf to fill in for a prediction: everything is there but the names of the tables. */
final class PredictConfTemplate {

  private static final List<Role> WITH_TABLES = List.of(Role.GUEST, Role.HOST);
  private static final List<String> TRAINING_ONLY = List.of("inheritance_info", "seed");

  private PredictConfTemplate() {}

  static Map<String, Object> of(PipelineModel model) {
    Map<String, Object> conf = new LinkedHashMap<>();
    if (!model.ofVersion1()) {
      conf.put("dsl_version", 2);
    }
    Party initiator = model.initiator();
    conf.put(
        "initiator",
        Map.of("role", initiator.role().name(), "party_id", PartyIds.wire(initiator.id())));
    conf.put("role", PartyIds.roles(model.parties()));
    Map<String, Object> parameters = object(model.trainConf().get("job_parameters"));
    if (model.ofVersion1()) {
      conf.put("job_parameters", predicting(model, parameters));
      conf.put("role_parameters", arguments(model));
    } else {
      parameters.put("common", predicting(model, object(parameters.get("common"))));
      conf.put("job_parameters", parameters);
      conf.put("component_parameters", Map.of("role", readers(model)));
    }
    return conf;
  }

  private static Map<String, Object> predicting(
      PipelineModel model, Map<String, Object> parameters) {
    parameters.keySet().removeAll(TRAINING_ONLY);
    parameters.put("job_type", "predict");
    parameters.put("model_id", model.modelId());
    parameters.put("model_version", model.modelVersion());
    return parameters;
  }

  /** {@code role.<role>.<index>.<reader>.table}. */
  private static Map<String, Object> readers(PipelineModel model) {
    List<String> readers =
        object(model.predictDsl().get("components")).entrySet().stream()
            .filter(component -> "Reader".equals(object(component.getValue()).get("module")))
            .map(Map.Entry::getKey)
            .toList();
    Map<String, Object> byRole = new LinkedHashMap<>();
    for (Role role : WITH_TABLES) {
      Map<String, Object> byIndex = new LinkedHashMap<>();
      for (int index = 0; index < model.parties().of(role).size(); index++) {
        Map<String, Object> tables = new LinkedHashMap<>();
        for (int reader = 0; reader < readers.size(); reader++) {
          tables.put(readers.get(reader), Map.of("table", table(reader)));
        }
        byIndex.put(Integer.toString(index), tables);
      }
      if (!byIndex.isEmpty()) {
        byRole.put(role.name(), byIndex);
      }
    }
    return byRole;
  }

  /** {@code <role>.args.data.eval_data}, one table for each party. */
  private static Map<String, Object> arguments(PipelineModel model) {
    Map<String, Object> byRole = new LinkedHashMap<>();
    for (Role role : WITH_TABLES) {
      List<Object> tables = new ArrayList<>();
      model.parties().of(role).forEach(party -> tables.add(table(0)));
      if (!tables.isEmpty()) {
        byRole.put(role.name(), Map.of("args", Map.of("data", Map.of("eval_data", tables))));
      }
    }
    return byRole;
  }

  private static Map<String, Object> table(int number) {
    return Map.of(
        "name", "name_to_be_filled_" + number, "namespace", "namespace_to_be_filled_" + number);
  }

  private static Map<String, Object> object(Object value) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> object.put(String.valueOf(key), each));
    }
    return object;
  }
}
