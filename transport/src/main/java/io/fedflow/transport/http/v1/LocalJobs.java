package io.fedflow.transport.http.v1;

import io.fedflow.dsl.JobDocuments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs of one component at one local party, as FATE makes them of some routes. Stateless. */
public final class LocalJobs {

  private LocalJobs() {}

  /**
   * The documents of such a job.
   *
   * @param component the component's name
   * @param module what it runs
   * @param party the id of the local party
   * @param parameters the component's parameters
   */
  public static JobDocuments of(
      String component, String module, String party, Map<String, Object> parameters) {
    Map<String, Object> conf = new LinkedHashMap<>();
    conf.put("dsl_version", 2);
    conf.put("initiator", Map.of("role", "local", "party_id", party));
    conf.put("role", Map.of("local", List.of(party)));
    conf.put("job_parameters", Map.of("common", Map.of("job_type", "train")));
    conf.put(
        "component_parameters",
        Map.of("role", Map.of("local", Map.of("0", Map.of(component, parameters)))));
    return new JobDocuments(
        Map.of("components", Map.of(component, Map.of("module", module))), conf);
  }
}
