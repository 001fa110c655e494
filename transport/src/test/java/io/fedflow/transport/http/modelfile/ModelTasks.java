package io.fedflow.transport.http.modelfile;

import io.fedflow.component.Component;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the components that store and restore a model, as jobs of the site alone do. */
final class ModelTasks {

  static final Party LOCAL = new Party(Role.LOCAL, "0");

  /** The id of the model, without its party. */
  static final String MODEL = "guest-9999#model";

  private ModelTasks() {}

  /** Parameters that name version d1, and more. */
  static Map<String, Object> named(Object... more) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("model_id", "guest#9999#" + MODEL);
    params.put("model_version", "d1");
    for (int i = 0; i < more.length; i += 2) {
      params.put((String) more[i], more[i + 1]);
    }
    return params;
  }

  static Result run(Component component, Map<String, Object> params) {
    return new ComponentHarness(component, new Parties(Map.of(Role.LOCAL, List.of("0"))))
        .params(params)
        .run();
  }

  /** The summary of a task that must end well. */
  static Map<String, Object> done(Component component, Map<String, Object> params) {
    return run(component, params).succeeded().trackers().get(LOCAL).summary();
  }
}
