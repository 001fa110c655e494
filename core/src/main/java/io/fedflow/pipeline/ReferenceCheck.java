package io.fedflow.pipeline;

import io.fedflow.failure.Problems;
import java.util.List;
import java.util.Map;

/** Finds inputs that nothing puts out, before anything is sent. */
final class ReferenceCheck {

  private final Map<String, Pipeline.Step> steps;
  private final Problems problems = new Problems();

  private ReferenceCheck(Map<String, Pipeline.Step> steps) {
    this.steps = steps;
  }

  /**
   * Checks every reference between components.
   *
   * @throws io.fedflow.failure.ProblemsException with all that lead nowhere
   */
  static void check(Map<String, Pipeline.Step> steps) {
    ReferenceCheck check = new ReferenceCheck(steps);
    steps.forEach(
        (name, step) -> check.walk("dsl/components/" + name + "/input", step.input(), name));
    check.problems.throwIfAny();
  }

  private void walk(String pointer, Object input, String own) {
    if (input instanceof Map<?, ?> map) {
      map.forEach((key, value) -> walk(pointer + '/' + key, value, own));
    } else if (input instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        reference(pointer + '/' + i, String.valueOf(list.get(i)), own);
      }
    }
  }

  private void reference(String pointer, String text, String own) {
    int dot = text.indexOf('.');
    Pipeline.Step owner = dot < 0 ? null : steps.get(text.substring(0, dot));
    if (owner == null || owner.component().name().equals(own)) {
      problems.error(
          pointer,
          "no other component puts this out",
          text,
          "<component>.<output> of one of " + steps.keySet());
      return;
    }
    List<String> outputs = owner.component().outputs().names();
    if (!outputs.contains(text.substring(dot + 1))) {
      problems.error(
          pointer,
          owner.component().name() + " does not put this out",
          text,
          outputs.isEmpty() ? "nothing" : "one of " + outputs);
    }
  }
}
