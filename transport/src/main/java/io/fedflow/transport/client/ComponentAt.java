package io.fedflow.transport.client;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A component of a job at one party.
 *
 * @param jobId the job
 * @param component the component's name in the DSL
 * @param role the party's role
 * @param partyId the party's id
 */
public record ComponentAt(String jobId, String component, String role, String partyId) {

  Map<String, Object> arguments() {
    Map<String, Object> arguments = new LinkedHashMap<>();
    arguments.put("job_id", jobId);
    arguments.put("component_name", component);
    arguments.put("role", role);
    arguments.put("party_id", partyId);
    return arguments;
  }
}
