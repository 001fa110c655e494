package io.fedflow.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The shape of a model message: protobuf fields with their numbers, declared once per component.
 *
 * @param name the message's name, for example {@code LRModelParam}
 * @param fields in order of declaration; numbers and names are unique
 */
public record MessageSchema(String name, List<Field> fields) {

  /**
   * Copies the list.
   *
   * @throws IllegalArgumentException if a name or a number stands twice, or a number is below 1
   */
  public MessageSchema {
    fields = List.copyOf(fields);
    Set<String> names = new HashSet<>();
    Set<Integer> numbers = new HashSet<>();
    for (Field field : fields) {
      if (!names.add(field.name()) || !numbers.add(field.number()) || field.number() < 1) {
        throw new IllegalArgumentException(
            name + "." + field.name() + " = " + field.number() + " is declared twice or below 1");
      }
    }
  }

  /** Starts a schema. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** The field of a name. */
  public Optional<Field> field(String fieldName) {
    return fields.stream().filter(f -> f.name().equals(fieldName)).findFirst();
  }

  /** What a field holds. */
  public enum Type {
    /** 64-bit floating point, a {@code Double}. */
    DOUBLE,
    /** 32-bit integer, an {@code Integer}. */
    INT32,
    /** 64-bit integer, a {@code Long}; a text in JSON. */
    INT64,
    /** A {@code Boolean}. */
    BOOL,
    /** A {@code String}. */
    STRING,
    /** A {@link ModelMessage} of {@link Field#message()}. */
    MESSAGE
  }

  /** How often a field occurs. */
  public enum Label {
    /** Once, or absent at its default value. */
    ONE,
    /** A {@code List}. */
    REPEATED,
    /** A {@code Map} with text keys. */
    MAP,
    /** A {@code Map} with 32-bit integer keys. */
    INT_MAP
  }

  /**
   * One field.
   *
   * @param name the protobuf name, lower-case with underscores
   * @param number the protobuf field number
   * @param type what one value is; for a map, the type of its values
   * @param label how often it occurs
   * @param message the schema of a message-typed value; null otherwise
   */
  public record Field(String name, int number, Type type, Label label, MessageSchema message) {}

  /** Collects fields. Not thread-safe. */
  public static final class Builder {

    private final String name;
    private final List<Field> fields = new ArrayList<>();

    private Builder(String name) {
      this.name = name;
    }

    /** A single field. */
    public Builder one(String field, int number, Type type) {
      return add(new Field(field, number, type, Label.ONE, null));
    }

    /** A repeated field. */
    public Builder repeated(String field, int number, Type type) {
      return add(new Field(field, number, type, Label.REPEATED, null));
    }

    /** A map with text keys. */
    public Builder map(String field, int number, Type type) {
      return add(new Field(field, number, type, Label.MAP, null));
    }

    /** A map with 32-bit integer keys. */
    public Builder intMap(String field, int number, Type type) {
      return add(new Field(field, number, type, Label.INT_MAP, null));
    }

    /** A single message. */
    public Builder one(String field, int number, MessageSchema message) {
      return add(new Field(field, number, Type.MESSAGE, Label.ONE, message));
    }

    /** A repeated message. */
    public Builder repeated(String field, int number, MessageSchema message) {
      return add(new Field(field, number, Type.MESSAGE, Label.REPEATED, message));
    }

    /** A map from texts to messages. */
    public Builder map(String field, int number, MessageSchema message) {
      return add(new Field(field, number, Type.MESSAGE, Label.MAP, message));
    }

    /**
     * The finished schema.
     *
     * @throws IllegalArgumentException if a name or a number stands twice, or a number is below 1
     */
    public MessageSchema build() {
      return new MessageSchema(name, fields);
    }

    private Builder add(Field field) {
      fields.add(field);
      return this;
    }
  }
}
