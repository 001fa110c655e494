package io.fedflow.transport.client;

/**
 * Which jobs or tasks a question is about; what is null does not filter.
 *
 * @param jobId the job
 * @param role the party's role
 * @param partyId the party's id
 * @param component the component's name in the DSL
 * @param status FATE's name of a status, such as {@code running}
 */
public record TaskFilter(
    String jobId, String role, String partyId, String component, String status) {

  /** Everything. */
  public static TaskFilter all() {
    return new TaskFilter(null, null, null, null, null);
  }

  /** All that belongs to a job. */
  public static TaskFilter job(String jobId) {
    return new TaskFilter(jobId, null, null, null, null);
  }

  /** The same at one party; either may be null. */
  public TaskFilter at(String role, String partyId) {
    return new TaskFilter(jobId, role, partyId, component, status);
  }

  /** The same of one component. */
  public TaskFilter component(String component) {
    return new TaskFilter(jobId, role, partyId, component, status);
  }

  /** The same in one status. */
  public TaskFilter status(String status) {
    return new TaskFilter(jobId, role, partyId, component, status);
  }

  Fields fields() {
    return Fields.of("job_id", jobId)
        .and("component_name", component)
        .and("status", status)
        .at(role, partyId);
  }
}
