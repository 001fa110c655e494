package io.fedflow.component;

import io.fedflow.failure.FedflowException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Resolved parameters of one component at one party: every declared name has a value of a declared
 * type. Immutable. Asking for an undeclared name, or for a type that the schema does not promise,
 * is a programming error and throws {@link IllegalArgumentException}.
 */
public final class Params {

  private final Map<String, Object> values;
  private final Set<String> userFed;

  /** Takes the map over: nobody may change it from here on. */
  Params(Map<String, Object> values, Set<String> userFed) {
    this.values = Collections.unmodifiableMap(values);
    this.userFed = Set.copyOf(userFed);
  }

  /** Tells whether the user's conf named the parameter, as opposed to its default applying. */
  public boolean isUserFed(String name) {
    return userFed.contains(name);
  }

  /** The raw value; may be null. A nested object is a {@link Params}. */
  public Object get(String name) {
    if (!values.containsKey(name)) {
      throw new IllegalArgumentException("parameter '" + name + "' is not declared");
    }
    return values.get(name);
  }

  /** Tells whether the value is null. */
  public boolean isNull(String name) {
    return get(name) == null;
  }

  /** A true/false value. */
  public boolean bool(String name) {
    return typed(name, Boolean.class);
  }

  /**
   * An integer value.
   *
   * @throws FedflowException {@code parameter.range} if it does not fit 32 bits
   */
  public int integer(String name) {
    long value = typed(name, Number.class).longValue();
    if (value != (int) value) {
      throw FedflowException.invalid(
          "parameter.range",
          "parameter '" + name + "': found " + value + ", allowed an integer of 32 bits");
    }
    return (int) value;
  }

  /** A number value. */
  public double number(String name) {
    return typed(name, Number.class).doubleValue();
  }

  /** A text value; null if the parameter is null. */
  public String text(String name) {
    return isNull(name) ? null : typed(name, String.class);
  }

  /** An array value; null if the parameter is null. */
  public List<?> list(String name) {
    return isNull(name) ? null : typed(name, List.class);
  }

  /** An array of texts; numbers are written out; null if the parameter is null. */
  public List<String> texts(String name) {
    List<?> list = list(name);
    if (list == null) {
      return null;
    }
    List<String> texts = new ArrayList<>(list.size());
    list.forEach(element -> texts.add(String.valueOf(element)));
    return texts;
  }

  /** A free object; null if the parameter is null. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> map(String name) {
    return isNull(name) ? null : typed(name, Map.class);
  }

  /** A nested object with its own schema. */
  public Params object(String name) {
    return typed(name, Params.class);
  }

  /** All values as plain maps, nested objects included, in order of declaration. */
  public Map<String, Object> toTree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> tree.put(name, value instanceof Params nested ? nested.toTree() : value));
    return tree;
  }

  private <T> T typed(String name, Class<T> type) {
    Object value = get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "parameter '" + name + "' is " + value + ", not a " + type.getSimpleName());
    }
    return type.cast(value);
  }
}
