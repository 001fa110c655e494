package io.fedflow.transport.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;

/** Writes a tree. The generator bounds the depth of the recursion. */
final class TreeWriter {

  private final JsonGenerator generator;

  TreeWriter(JsonGenerator generator) {
    this.generator = generator;
  }

  void write(Object value) throws IOException {
    if (value == null) {
      generator.writeNull();
    } else if (value instanceof CharSequence || value instanceof Enum<?>) {
      generator.writeString(value.toString());
    } else if (value instanceof Boolean bool) {
      generator.writeBoolean(bool);
    } else if (value instanceof Number number) {
      number(number);
    } else if (value instanceof Map<?, ?> map) {
      object(map);
    } else if (value instanceof Collection<?> list) {
      array(list);
    } else {
      throw new FedflowException(
          FailureKind.BUG,
          "json.unwritable",
          "JSON: found a " + value.getClass().getName() + ", allowed map, list, text, number");
    }
  }

  private void object(Map<?, ?> map) throws IOException {
    generator.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      generator.writeFieldName(String.valueOf(entry.getKey()));
      write(entry.getValue());
    }
    generator.writeEndObject();
  }

  private void array(Collection<?> list) throws IOException {
    generator.writeStartArray();
    for (Object element : list) {
      write(element);
    }
    generator.writeEndArray();
  }

  private void number(Number number) throws IOException {
    if (number instanceof Double || number instanceof Float) {
      // A float is widened, so that it reads back as the same number.
      generator.writeNumber(number.doubleValue());
    } else if (number instanceof BigInteger integer) {
      generator.writeNumber(integer);
    } else if (number instanceof BigDecimal decimal) {
      generator.writeNumber(decimal);
    } else {
      generator.writeNumber(number.longValue());
    }
  }
}
