package io.fedflow.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One declared parameter of a component. Immutable.
 *
 * @param name the key in the conf
 * @param types the JSON kinds accepted; empty if and only if {@code nested} is present
 * @param defaultValue the value when the conf is silent; may be null
 * @param minimum smallest number allowed, inclusive unless {@code minimumExclusive}; null for no
 *     bound
 * @param maximum largest number allowed, inclusive unless {@code maximumExclusive}; null for no
 *     bound
 * @param minimumExclusive whether {@code minimum} itself is refused
 * @param maximumExclusive whether {@code maximum} itself is refused
 * @param choices the texts allowed, lower-case; compared without regard to case and resolved to
 *     this form; empty for any. For a list, each text element is checked
 * @param nested the schema of an object-valued parameter; null otherwise
 * @param description one sentence for people
 */
public record ParameterSpec(
    String name,
    Set<ParameterType> types,
    Object defaultValue,
    Double minimum,
    Double maximum,
    boolean minimumExclusive,
    boolean maximumExclusive,
    List<String> choices,
    ParameterSchema nested,
    String description) {

  /** What is allowed, for an error message. */
  public String allowed() {
    if (nested != null) {
      return "an object with " + nested.names();
    }
    List<String> parts = new ArrayList<>();
    for (ParameterType type : ParameterType.values()) {
      if (types.contains(type)) {
        parts.add(type.spoken());
      }
    }
    String text = String.join(" or ", parts);
    if (!choices.isEmpty()) {
      text += " of " + choices;
    }
    if (minimum != null) {
      text += (minimumExclusive ? " > " : " >= ") + plain(minimum);
    }
    if (maximum != null) {
      text += (maximumExclusive ? " < " : " <= ") + plain(maximum);
    }
    return text;
  }

  /** The declaration as plain maps, for the routes that serve component schemas. */
  public Map<String, Object> toTree() {
    Map<String, Object> tree = new java.util.LinkedHashMap<>();
    if (nested != null) {
      tree.put("type", "object");
      tree.put("parameters", nested.toTree());
    } else {
      tree.put(
          "type",
          types.stream()
              .sorted()
              .map(t -> t.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.toList()));
      tree.put("default", defaultValue);
      if (minimum != null) {
        tree.put(minimumExclusive ? "exclusiveMinimum" : "minimum", minimum);
      }
      if (maximum != null) {
        tree.put(maximumExclusive ? "exclusiveMaximum" : "maximum", maximum);
      }
      if (!choices.isEmpty()) {
        tree.put("choices", choices);
      }
    }
    tree.put("description", description);
    return tree;
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < 1e15
        ? Long.toString((long) bound)
        : Double.toString(bound);
  }
}
