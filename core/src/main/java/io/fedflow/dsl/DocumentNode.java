package io.fedflow.dsl;

import io.fedflow.failure.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A value inside a user's document, together with where it stands. Reading it as the wrong kind
 * notes a problem and goes on with nothing, so that one pass finds everything that is wrong.
 *
 * @param at where it stands
 * @param value a value that {@link DocumentCopy} made; null where the document has null or nothing
 */
record DocumentNode(JsonPointer at, Object value) {

  /** Where it stands, as text. */
  String pointer() {
    return at.toString();
  }

  /** Tells whether the document has something other than null here. */
  boolean isPresent() {
    return value != null;
  }

  /** A member; without value if this is no object or has no such member. */
  DocumentNode field(String key) {
    return new DocumentNode(at.below(key), value instanceof Map<?, ?> map ? map.get(key) : null);
  }

  /** An element; without value if this is no array or is shorter. */
  DocumentNode element(int index) {
    return new DocumentNode(
        at.below(index),
        value instanceof List<?> list && index < list.size() ? list.get(index) : null);
  }

  /** The members in file order; absence is an empty object. */
  Map<String, DocumentNode> fields(Problems problems) {
    Map<String, DocumentNode> fields = new LinkedHashMap<>();
    for (String name : names(problems)) {
      fields.put(name, field(name));
    }
    return fields;
  }

  /** The names of the members in file order; absence is an empty object. */
  @SuppressWarnings("unchecked")
  Set<String> names(Problems problems) {
    if (value instanceof Map<?, ?> map) {
      // A copied document has nothing but texts as keys.
      return (Set<String>) map.keySet();
    }
    if (isPresent()) {
      wrongType("an object", problems);
    }
    return Set.of();
  }

  /** The elements in file order; absence is an empty array. */
  List<DocumentNode> elements(Problems problems) {
    if (value instanceof List<?> list) {
      List<DocumentNode> elements = new ArrayList<>(list.size());
      for (int i = 0; i < list.size(); i++) {
        elements.add(element(i));
      }
      return elements;
    }
    if (isPresent()) {
      wrongType("an array", problems);
    }
    return List.of();
  }

  /** The texts of an array; absence is an empty array. */
  List<String> texts(Problems problems) {
    List<DocumentNode> elements = elements(problems);
    List<String> texts = new ArrayList<>(elements.size());
    elements.forEach(element -> element.requiredText(problems).ifPresent(texts::add));
    return texts;
  }

  /** A text; empty if absent. */
  Optional<String> text(Problems problems) {
    if (value instanceof String text) {
      return Optional.of(text);
    }
    if (isPresent()) {
      wrongType("a text", problems);
    }
    return Optional.empty();
  }

  /** A text that must be there and not be empty. */
  Optional<String> requiredText(Problems problems) {
    if (!isPresent()) {
      problems.error(pointer(), "missing", null, "a text");
      return Optional.empty();
    }
    if ("".equals(value)) {
      problems.error(pointer(), "empty", describe(), "a text of at least one character");
      return Optional.empty();
    }
    return text(problems);
  }

  /** Notes that the value is of another JSON kind. */
  void wrongType(String allowed, Problems problems) {
    problems.error(pointer(), "wrong type", describe(), allowed);
  }

  /** The value for an error message: scalars as written, containers by their kind alone. */
  String describe() {
    if (value instanceof Map<?, ?>) {
      return "an object";
    }
    if (value instanceof List<?> list) {
      return "an array of " + list.size();
    }
    return value instanceof String text ? '"' + text + '"' : String.valueOf(value);
  }
}
