package io.fedflow.transport.http.wire;

import io.fedflow.failure.FedflowException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The arguments of a request, read leniently: numbers where texts are expected and the other way
 * round, as FATE's clients mix them. Unknown arguments are ignored; null is absent. Immutable.
 */
public final class Arguments {

  private final Map<String, Object> values;
  private final ArgumentListener listener;

  /** Arguments of a JSON object. */
  public Arguments(Map<String, ?> values) {
    this(values, ArgumentListener.NONE);
  }

  /**
   * The same.
   *
   * @param listener hears which are asked for
   */
  Arguments(Map<String, ?> values, ArgumentListener listener) {
    this.listener = listener;
    Map<String, Object> present = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (value != null) {
            present.put(key, value);
          }
        });
    this.values = Collections.unmodifiableMap(present);
  }

  /** Arguments of any JSON tree; everything but an object has none. */
  public static Arguments of(Object tree) {
    return of(tree, ArgumentListener.NONE);
  }

  /** The same; the listener hears which are asked for. */
  static Arguments of(Object tree, ArgumentListener listener) {
    return new Arguments(tree instanceof Map<?, ?> map ? texts(map) : Map.of(), listener);
  }

  /** Everything that is present. */
  public Map<String, Object> all() {
    return values;
  }

  /** Tells whether an argument is present. */
  public boolean has(String name) {
    listener.asked(name, ArgumentType.ANY);
    return values.containsKey(name);
  }

  /** Whatever stands there. */
  public Optional<Object> any(String name) {
    return Optional.ofNullable(value(name, ArgumentType.ANY));
  }

  /**
   * Checks presence.
   *
   * @throws FedflowException {@code argument.missing}, naming all that are missing
   */
  public Arguments require(String... names) {
    for (String name : names) {
      listener.asked(name, ArgumentType.ANY);
    }
    String missing =
        Arrays.stream(names)
            .filter(name -> !values.containsKey(name))
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw FedflowException.invalid(
          "argument.missing", "required arguments are missing: " + missing);
    }
    return this;
  }

  /** A text that must be there. */
  public String requiredText(String name) {
    return require(name).text(name).orElseThrow();
  }

  /** A text; numbers count as texts. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(value(name, ArgumentType.TEXT)).map(value -> scalar(name, value));
  }

  /** One text or a list of texts; empty if absent. */
  public List<String> texts(String name) {
    Object value = value(name, ArgumentType.TEXTS);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      List<String> texts = new ArrayList<>();
      list.forEach(element -> texts.add(scalar(name, element)));
      return texts;
    }
    return List.of(scalar(name, value));
  }

  /** An object. */
  public Optional<Map<String, Object>> object(String name) {
    Object value = value(name, ArgumentType.OBJECT);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof Map<?, ?> map) {
      return Optional.of(texts(map));
    }
    throw wrong(name, value, "an object");
  }

  /** A whole number within bounds. */
  public int integer(String name, int fallback, int least, int most) {
    Object value = value(name, ArgumentType.INTEGER);
    if (value == null) {
      return fallback;
    }
    long number = wholeNumber(name, value);
    if (number < least || number > most) {
      throw wrong(name, value, least + ".." + most);
    }
    return (int) number;
  }

  /** A switch: true/false, 1/0, or these as texts. */
  public boolean flag(String name, boolean fallback) {
    Object value = value(name, ArgumentType.FLAG);
    if (value == null) {
      return fallback;
    }
    return switch (value.toString().toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw wrong(name, value, "true, false, 1 or 0");
    };
  }

  private Object value(String name, ArgumentType type) {
    listener.asked(name, type);
    return values.get(name);
  }

  private static long wholeNumber(String name, Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    if (value instanceof Boolean bool) {
      return bool ? 1 : 0;
    }
    try {
      return Long.parseLong(value.toString().strip());
    } catch (NumberFormatException e) {
      throw wrong(name, value, "a whole number");
    }
  }

  private static String scalar(String name, Object value) {
    if (value instanceof String text && text.indexOf('\0') >= 0) {
      // Some databases keep no such text, and nobody means one.
      throw wrong(name, "a text with a NUL character", "one without");
    }
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    throw wrong(name, value, "a text or a number");
  }

  private static FedflowException wrong(String name, Object value, String allowed) {
    return FedflowException.invalid(
        "argument.type", name + ": found " + shown(value) + ", allowed " + allowed);
  }

  private static String shown(Object value) {
    if (value instanceof Map) {
      return "an object";
    }
    if (value instanceof List) {
      return "a list";
    }
    String text = String.valueOf(value);
    return '\'' + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + '\'';
  }

  private static Map<String, Object> texts(Map<?, ?> map) {
    Map<String, Object> texts = new LinkedHashMap<>();
    map.forEach((key, value) -> texts.put(String.valueOf(key), value));
    return texts;
  }
}
