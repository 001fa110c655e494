package io.fedflow.component;

import io.fedflow.failure.Problems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * The declared parameters of a component: names, types, defaults, ranges. Checked against a conf
 * before anything runs. Immutable and safe for use by many threads.
 */
public final class ParameterSchema {

  private final Map<String, ParameterSpec> specs;

  private ParameterSchema(Map<String, ParameterSpec> specs) {
    this.specs = specs;
  }

  /** Starts a schema. */
  public static Builder builder() {
    return new Builder();
  }

  /** A schema without any parameter. */
  public static ParameterSchema empty() {
    return builder().build();
  }

  /** The declared parameters in order of declaration. */
  public List<ParameterSpec> specs() {
    return List.copyOf(specs.values());
  }

  /** The declared names in order of declaration. */
  public List<String> names() {
    return List.copyOf(specs.keySet());
  }

  /** The declaration as plain maps. */
  public Map<String, Object> toTree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    specs.forEach((name, spec) -> tree.put(name, spec.toTree()));
    return tree;
  }

  /**
   * Lays given values over the defaults and checks them.
   *
   * @param given the merged conf object of one component at one party; keys are parameter names
   * @param pointer where {@code given} stands in the user's document, without a trailing slash
   * @param problems receives every unknown name, wrong type and value out of range
   * @return the resolved parameters; where a problem was noted, the default stands in
   */
  public Params resolve(Map<String, ?> given, String pointer, Problems problems) {
    for (String name : given.keySet()) {
      if (!specs.containsKey(name)) {
        problems.error(
            pointer + "/" + name,
            "unknown parameter",
            name,
            specs.isEmpty() ? "no parameter at all" : "one of " + new TreeSet<>(specs.keySet()));
      }
    }
    Map<String, Object> values = new LinkedHashMap<>();
    Set<String> userFed = new HashSet<>();
    specs.forEach(
        (name, spec) -> {
          boolean present = given.containsKey(name);
          Object value = given.get(name);
          if (present) {
            userFed.add(name);
          }
          values.put(name, check(spec, present, value, pointer + "/" + name, problems));
        });
    return new Params(values, userFed);
  }

  private static Object check(
      ParameterSpec spec, boolean present, Object value, String pointer, Problems problems) {
    if (spec.nested() != null) {
      return nested(spec, present, value, pointer, problems);
    }
    if (!present) {
      return spec.defaultValue();
    }
    if (spec.types().stream().noneMatch(type -> type.accepts(value))) {
      problems.error(pointer, "wrong type", value, spec.allowed());
      return spec.defaultValue();
    }
    if (value instanceof Number number && !inRange(spec, number.doubleValue())) {
      problems.error(pointer, "out of range", value, spec.allowed());
      return spec.defaultValue();
    }
    if (!spec.choices().isEmpty()) {
      return choose(spec, value, pointer, problems);
    }
    return value;
  }

  private static Object nested(
      ParameterSpec spec, boolean present, Object value, String pointer, Problems problems) {
    Map<String, ?> inner = Map.of();
    if (present && value != null) {
      if (value instanceof Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((k, v) -> copy.put(String.valueOf(k), v));
        inner = copy;
      } else {
        problems.error(pointer, "wrong type", value, spec.allowed());
      }
    }
    return spec.nested().resolve(inner, pointer, problems);
  }

  private static boolean inRange(ParameterSpec spec, double number) {
    if (spec.minimum() != null
        && (spec.minimumExclusive() ? number <= spec.minimum() : number < spec.minimum())) {
      return false;
    }
    return spec.maximum() == null
        || (spec.maximumExclusive() ? number < spec.maximum() : number <= spec.maximum());
  }

  private static Object choose(
      ParameterSpec spec, Object value, String pointer, Problems problems) {
    if (value instanceof String text) {
      String lower = text.toLowerCase(Locale.ROOT);
      if (!spec.choices().contains(lower)) {
        problems.error(pointer, "unknown choice", value, spec.allowed());
        return spec.defaultValue();
      }
      return lower;
    }
    if (value instanceof List<?> list) {
      List<Object> chosen = new ArrayList<>();
      for (int i = 0; i < list.size(); i++) {
        Object element = list.get(i);
        if (element instanceof String text
            && !spec.choices().contains(text.toLowerCase(Locale.ROOT))) {
          problems.error(pointer + "/" + i, "unknown choice", element, spec.allowed());
        } else {
          chosen.add(
              element instanceof String text ? (Object) text.toLowerCase(Locale.ROOT) : element);
        }
      }
      return List.copyOf(chosen);
    }
    return value;
  }

  /** Collects declarations. Not thread-safe. */
  public static final class Builder {

    private final Map<String, ParameterSpec> specs = new LinkedHashMap<>();

    private Builder() {}

    /** A true/false parameter. */
    public Builder bool(String name, boolean defaultValue, String description) {
      return add(name, defaultValue, description, ParameterType.BOOL);
    }

    /** An integer in {@code [minimum, maximum]}; a null bound is open. */
    public Builder integer(
        String name, Integer defaultValue, Integer minimum, Integer maximum, String description) {
      return number(
          name,
          defaultValue,
          minimum == null ? null : minimum.doubleValue(),
          maximum == null ? null : maximum.doubleValue(),
          description,
          defaultValue == null
              ? EnumSet.of(ParameterType.INT, ParameterType.NULL)
              : EnumSet.of(ParameterType.INT));
    }

    /**
     * A number in {@code [minimum, maximum]}; a null bound is open, a null default makes null
     * legal.
     */
    public Builder number(
        String name, Double defaultValue, Double minimum, Double maximum, String description) {
      return number(
          name,
          defaultValue,
          minimum,
          maximum,
          description,
          defaultValue == null
              ? EnumSet.of(ParameterType.NUMBER, ParameterType.NULL)
              : EnumSet.of(ParameterType.NUMBER));
    }

    /** A number strictly between {@code minimum} and {@code maximum}; a null bound is open. */
    public Builder openNumber(
        String name, Double defaultValue, Double minimum, Double maximum, String description) {
      return put(
          new ParameterSpec(
              name,
              Set.of(ParameterType.NUMBER),
              defaultValue,
              minimum,
              maximum,
              true,
              true,
              List.of(),
              null,
              description));
    }

    /** Any text; a null default makes null legal. */
    public Builder text(String name, String defaultValue, String description) {
      return defaultValue == null
          ? add(name, null, description, ParameterType.TEXT, ParameterType.NULL)
          : add(name, defaultValue, description, ParameterType.TEXT);
    }

    /** One of several texts, compared without regard to case; a null default makes null legal. */
    public Builder choice(
        String name, String defaultValue, List<String> choices, String description) {
      Set<ParameterType> types =
          defaultValue == null
              ? EnumSet.of(ParameterType.TEXT, ParameterType.NULL)
              : EnumSet.of(ParameterType.TEXT);
      return put(
          new ParameterSpec(
              name,
              types,
              defaultValue,
              null,
              null,
              false,
              false,
              List.copyOf(choices),
              null,
              description));
    }

    /**
     * An array whose text elements are each one of several choices; a null default makes null
     * legal.
     */
    public Builder choices(
        String name, List<String> defaultValue, List<String> choices, String description) {
      Set<ParameterType> types =
          defaultValue == null
              ? EnumSet.of(ParameterType.LIST, ParameterType.NULL)
              : EnumSet.of(ParameterType.LIST);
      return put(
          new ParameterSpec(
              name,
              types,
              defaultValue,
              null,
              null,
              false,
              false,
              List.copyOf(choices),
              null,
              description));
    }

    /** A parameter that accepts several JSON kinds. */
    public Builder any(
        String name, Object defaultValue, String description, ParameterType... types) {
      return add(name, defaultValue, description, types);
    }

    /** An object with its own schema; null and absence mean all its defaults. */
    public Builder object(String name, ParameterSchema nested, String description) {
      return put(
          new ParameterSpec(
              name,
              Set.of(),
              null,
              null,
              null,
              false,
              false,
              List.of(),
              Objects.requireNonNull(nested),
              description));
    }

    /** Every declaration of another schema, for parameters that components share. */
    public Builder include(ParameterSchema other) {
      other.specs.values().forEach(this::put);
      return this;
    }

    /** The finished schema. */
    public ParameterSchema build() {
      return new ParameterSchema(new LinkedHashMap<>(specs));
    }

    private Builder number(
        String name,
        Object defaultValue,
        Double minimum,
        Double maximum,
        String description,
        Set<ParameterType> types) {
      return put(
          new ParameterSpec(
              name,
              types,
              defaultValue,
              minimum,
              maximum,
              false,
              false,
              List.of(),
              null,
              description));
    }

    private Builder add(
        String name, Object defaultValue, String description, ParameterType... types) {
      return put(
          new ParameterSpec(
              name,
              EnumSet.copyOf(Arrays.asList(types)),
              defaultValue,
              null,
              null,
              false,
              false,
              List.of(),
              null,
              description));
    }

    private Builder put(ParameterSpec spec) {
      if (specs.putIfAbsent(spec.name(), spec) != null) {
        throw new IllegalArgumentException("parameter " + spec.name() + " is declared twice");
      }
      return this;
    }
  }
}
