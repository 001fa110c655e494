package io.fedflow.transport.http.v1;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import io.fedflow.pipeline.PipelineManager;
import io.fedflow.transport.http.wire.Arguments;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Checks the parameters of one component by planning a job of this component alone, with as many
 * parties of the role as the parameters speak of. What such a job lacks otherwise does not count.
 */
final class ParameterValidation {

  private static final Pattern INDEX = Pattern.compile("\\d{1,4}");

  /** Where parameters stand in a conf, version 2 first. */
  private static final List<String> PLACES =
      List.of("component_parameters", "algorithm_parameters", "role_parameters");

  /** A longer array is a mistake, which the plan of fewer parties finds as well. */
  private static final int MOST_PARTIES = 1000;

  private final Arguments arguments;
  private final String role;

  ParameterValidation(Arguments arguments) {
    this.arguments =
        arguments.require("dsl_version", "component_name", "component_module_name", "role");
    this.role = arguments.requiredText("role");
  }

  /** Everything that is wrong with the parameters; pointers begin with their place. */
  List<Problem> problems(PipelineManager pipelines) {
    try {
      pipelines.plan(documents());
      return List.of();
    } catch (ProblemsException found) {
      return found.problems().stream().filter(ParameterValidation::isAboutParameters).toList();
    }
  }

  private static boolean isAboutParameters(Problem problem) {
    return PLACES.stream().anyMatch(place -> problem.pointer().startsWith("conf/" + place));
  }

  private JobDocuments documents() {
    String component = arguments.requiredText("component_name");
    int version = arguments.integer("dsl_version", 2, 1, 2);
    Map<String, Object> conf = new LinkedHashMap<>();
    conf.put("dsl_version", version);
    conf.put("initiator", Map.of("role", role, "party_id", "1"));
    List<String> parties =
        IntStream.rangeClosed(1, members(version)).mapToObj(Integer::toString).toList();
    conf.put("role", Map.of(role, parties));
    for (String place : PLACES) {
      arguments.object(place).ifPresent(tree -> conf.put(place, tree));
    }
    return new JobDocuments(
        Map.of(
            "components",
            Map.of(component, Map.of("module", arguments.requiredText("component_module_name")))),
        conf);
  }

  private int members(int version) {
    Object section =
        version == 1
            ? arguments.object("role_parameters").map(tree -> tree.get(role)).orElse(null)
            : arguments
                .object("component_parameters")
                .map(tree -> tree.get("role"))
                .map(roles -> roles instanceof Map<?, ?> map ? map.get(role) : null)
                .orElse(null);
    int members = version == 1 ? longest(section) : lastIndex(section) + 1;
    return Math.max(1, Math.min(MOST_PARTIES, members));
  }

  /** In version 1 every parameter of a role is an array with one value for each party. */
  private static int longest(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      return map.values().stream().mapToInt(ParameterValidation::longest).max().orElse(0);
    }
    return tree instanceof Collection<?> values ? values.size() : 0;
  }

  /** In version 2 the keys below a role name parties by position, for example {@code 0|1}. */
  private static int lastIndex(Object tree) {
    if (!(tree instanceof Map<?, ?> map)) {
      return 0;
    }
    int last = 0;
    for (Object key : map.keySet()) {
      Matcher index = INDEX.matcher(String.valueOf(key));
      while (index.find()) {
        last = Math.max(last, Integer.parseInt(index.group()));
      }
    }
    return last;
  }
}
