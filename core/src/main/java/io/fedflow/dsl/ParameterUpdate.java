package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Other parameters for an ended job that is to be run again. Immutable.
 *
 * @param jobParameters an object with {@code common}, which replaces the job's own; null to keep it
 * @param componentParameters an object with {@code common} and {@code role}, which is laid over the
 *     job's own; null to keep it
 */
public record ParameterUpdate(Object jobParameters, Object componentParameters) {

  /** What the job stays by, whatever an update says: its model. */
  private static final List<String> KEPT = List.of("model_id", "model_version");

  /** What an update may repeat and not change: the job would be another one. */
  private static final List<String> FIXED = List.of("job_type", "seed", "inheritance_info");

  /**
   * Gives the documents of a job their other parameters. They are not planned yet.
   *
   * @param documents the documents of the job, which were planned before
   * @return documents with the same DSL
   * @throws io.fedflow.failure.ProblemsException with everything that cannot be laid over them
   */
  public JobDocuments applyTo(JobDocuments documents) {
    Problems problems = new Problems();
    DocumentNode jobNode = DocumentCopy.of("job_parameters", jobParameters, problems);
    DocumentNode componentNode =
        DocumentCopy.of("component_parameters", componentParameters, problems);
    problems.throwIfAny();
    if (!jobNode.isPresent() && !componentNode.isPresent()) {
      problems.error(
          "job_parameters",
          "nothing to update",
          null,
          "job_parameters with common, component_parameters, or both");
    }
    boolean first = !Objects.equals(version(documents), 2);
    Map<String, Object> conf = new LinkedHashMap<>(documents.conf());
    onlyKnown(jobNode, List.of("common"), problems);
    onlyKnown(componentNode, first ? List.of("common") : List.of("common", "role"), problems);
    if (jobNode.field("common").isPresent()) {
      replaceCommon(conf, jobNode.field("common"), first, problems);
    }
    if (componentNode.isPresent()) {
      String place = first ? "algorithm_parameters" : "component_parameters";
      Map<String, Object> over =
          first ? object(componentNode.field("common"), problems) : object(componentNode, problems);
      conf.put(place, TreeMerge.merge(map(conf.get(place)), over));
    }
    problems.throwIfAny();
    return new JobDocuments(documents.dsl(), Collections.unmodifiableMap(conf));
  }

  /** The names of all components of which some party gets other parameters. */
  public static List<String> changed(JobPlan before, JobPlan after) {
    List<String> names = new ArrayList<>();
    for (PlannedTask task : after.tasks()) {
      boolean same =
          before
              .task(task.component())
              .filter(old -> old.params().equals(task.params()) && old.data().equals(task.data()))
              .isPresent();
      if (!same) {
        names.add(task.component());
      }
    }
    return names;
  }

  private static Object version(JobDocuments documents) {
    return documents.conf().get("dsl_version") instanceof Number number ? number.intValue() : 1;
  }

  private static void onlyKnown(DocumentNode node, List<String> known, Problems problems) {
    node.fields(problems)
        .forEach(
            (key, field) -> {
              if (!known.contains(key)) {
                problems.error(
                    field.pointer(), "cannot be updated", key, "only " + String.join(", ", known));
              } else {
                field.fields(problems);
              }
            });
  }

  private static void replaceCommon(
      Map<String, Object> conf, DocumentNode common, boolean first, Problems problems) {
    Map<String, Object> old = map(conf.get("job_parameters"));
    Map<String, Object> before = first ? old : map(old.get("common"));
    Map<String, Object> after = new LinkedHashMap<>(object(common, problems));
    for (String key : KEPT) {
      keep(key, before, after);
    }
    for (String key : FIXED) {
      Object was = before.get(key);
      Object asked = after.get(key);
      // The same number may have been read as another type.
      if (asked != null && !asked.equals(was) && !asked.toString().equals(String.valueOf(was))) {
        problems.error(
            common.field(key).pointer(),
            "a job that runs again keeps it",
            common.field(key).describe(),
            was == null ? "nothing, or another job" : "nothing, or " + was);
      }
      keep(key, before, after);
    }
    if (first) {
      conf.put("job_parameters", after);
      return;
    }
    Map<String, Object> parameters = new LinkedHashMap<>(old);
    parameters.put("common", after);
    conf.put("job_parameters", parameters);
  }

  private static void keep(String key, Map<String, Object> before, Map<String, Object> after) {
    after.remove(key);
    if (before.containsKey(key)) {
      after.put(key, before.get(key));
    }
  }

  private static Map<String, Object> object(DocumentNode node, Problems problems) {
    Map<String, Object> object = new LinkedHashMap<>();
    node.fields(problems).forEach((key, field) -> object.put(key, field.value()));
    return object;
  }

  @SuppressWarnings("unchecked") // the job's documents were planned: all keys are texts
  private static Map<String, Object> map(Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
