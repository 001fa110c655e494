package io.fedflow.model;

import io.fedflow.fakes.Damage;
import io.fedflow.model.MessageSchema.Field;
import io.fedflow.model.MessageSchema.Label;
import io.fedflow.model.MessageSchema.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Models of random shape and content; no single field stands at its default. */
final class RandomModels {

  private final Random random;

  RandomModels(Random random) {
    this.random = random;
  }

  ComponentModel model() {
    Map<String, ModelMessage> messages = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      messages.put("Part" + i + Damage.text(random), message(schema(2)));
    }
    return new ComponentModel(
        "c" + Damage.text(random), Damage.text(random), Damage.text(random), messages);
  }

  MessageSchema schema(int depth) {
    List<Field> fields = new ArrayList<>();
    int number = 0;
    for (int i = random.nextInt(6); i > 0; i--) {
      number += 1 + random.nextInt(random.nextInt(4) == 0 ? 5_000 : 3);
      Type type = Type.values()[random.nextInt(depth > 0 ? 6 : 5)];
      Label label = Label.values()[random.nextInt(4)];
      fields.add(
          new Field(
              "f" + number, number, type, label, type == Type.MESSAGE ? schema(depth - 1) : null));
    }
    return new MessageSchema("M" + Damage.text(random), fields);
  }

  ModelMessage message(MessageSchema schema) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Field field : schema.fields()) {
      if (random.nextInt(4) > 0) {
        values.put(field.name(), value(field));
      }
    }
    return new ModelMessage(schema, values);
  }

  private Object value(Field field) {
    int count = 1 + random.nextInt(4);
    return switch (field.label()) {
      case ONE -> single(field, false);
      case REPEATED -> {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          list.add(single(field, true));
        }
        yield list;
      }
      case MAP, INT_MAP -> {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
          Object key = field.label() == Label.MAP ? Damage.text(random) : (Object) random.nextInt();
          map.put(key, single(field, true));
        }
        yield map;
      }
    };
  }

  private Object single(Field field, boolean evenDefault) {
    boolean zero = evenDefault && random.nextInt(4) == 0;
    return switch (field.type()) {
      case DOUBLE -> zero ? 0.0 : special(random.nextGaussian());
      case INT32 -> zero ? 0 : random.nextInt() | 1;
      case INT64 -> zero ? 0L : random.nextLong() | 1;
      case BOOL -> !zero;
      case STRING -> zero ? "" : "s" + Damage.text(random);
      case MESSAGE -> message(field.message());
    };
  }

  private double special(double ordinary) {
    double[] values = {-0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE};
    return random.nextInt(3) == 0 ? values[random.nextInt(values.length)] : ordinary;
  }
}
