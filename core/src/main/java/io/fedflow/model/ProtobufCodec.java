package io.fedflow.model;

import io.fedflow.failure.FedflowException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes and reads model messages in the protobuf wire format (proto3: default values are left out,
 * numbers repeat packed). The core writes it by hand because it depends on nothing.
 *
 * @see <a href="https://protobuf.dev/programming-guides/encoding/">Protobuf encoding</a>
 */
public final class ProtobufCodec {

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int LENGTH = 2;
  private static final int FIXED32 = 5;

  private ProtobufCodec() {}

  /** The message's bytes. The same message always gives the same bytes. */
  public static byte[] write(ModelMessage message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (MessageSchema.Field field : message.schema().fields()) {
      Object value = message.values().get(field.name());
      if (value == null) {
        continue;
      }
      switch (field.label()) {
        case ONE -> writeOne(out, field.number(), field, value, false);
        case REPEATED -> writeRepeated(out, field, (List<?>) value);
        case MAP, INT_MAP -> ((Map<?, ?>) value).forEach((k, v) -> writeEntry(out, field, k, v));
      }
    }
    return out.toByteArray();
  }

  private static void writeRepeated(
      ByteArrayOutputStream out, MessageSchema.Field field, List<?> values) {
    boolean packed =
        field.type() != MessageSchema.Type.STRING && field.type() != MessageSchema.Type.MESSAGE;
    if (!packed) {
      values.forEach(value -> writeOne(out, field.number(), field, value, true));
    } else if (!values.isEmpty()) {
      ByteArrayOutputStream block = new ByteArrayOutputStream();
      values.forEach(value -> writeScalar(block, field.type(), value));
      writeBytes(out, field.number(), block.toByteArray());
    }
  }

  private static void writeEntry(
      ByteArrayOutputStream out, MessageSchema.Field field, Object key, Object value) {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    if (field.label() == MessageSchema.Label.INT_MAP) {
      varint(entry, 1 << 3 | VARINT);
      varint(entry, ((Number) key).longValue());
    } else {
      writeBytes(entry, 1, String.valueOf(key).getBytes(StandardCharsets.UTF_8));
    }
    writeOne(entry, 2, field, value, true);
    writeBytes(out, field.number(), entry.toByteArray());
  }

  private static void writeOne(
      ByteArrayOutputStream out,
      int number,
      MessageSchema.Field field,
      Object value,
      boolean evenDefault) {
    switch (field.type()) {
      case MESSAGE -> writeBytes(out, number, write((ModelMessage) value));
      case STRING -> {
        if (evenDefault || !((String) value).isEmpty()) {
          writeBytes(out, number, ((String) value).getBytes(StandardCharsets.UTF_8));
        }
      }
      default -> {
        if (evenDefault || !isDefault(value)) {
          int wire = field.type() == MessageSchema.Type.DOUBLE ? FIXED64 : VARINT;
          varint(out, (long) number << 3 | wire);
          writeScalar(out, field.type(), value);
        }
      }
    }
  }

  private static boolean isDefault(Object value) {
    return value instanceof Boolean bool
        ? !bool
        : Double.doubleToRawLongBits(((Number) value).doubleValue()) == 0;
  }

  private static void writeScalar(
      ByteArrayOutputStream out, MessageSchema.Type type, Object value) {
    switch (type) {
      case DOUBLE -> {
        byte[] bytes =
            ByteBuffer.allocate(Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(((Number) value).doubleValue())
                .array();
        out.writeBytes(bytes);
      }
      case BOOL -> varint(out, (Boolean) value ? 1 : 0);
      default -> varint(out, ((Number) value).longValue());
    }
  }

  private static void writeBytes(ByteArrayOutputStream out, int number, byte[] bytes) {
    varint(out, (long) number << 3 | LENGTH);
    varint(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long left = value;
    while ((left & ~0x7FL) != 0) {
      out.write((int) (left & 0x7F | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  /**
   * Reads a message; unknown fields are skipped.
   *
   * @throws FedflowException {@code model.damaged} if the bytes are not a message of this shape
   */
  public static ModelMessage read(MessageSchema schema, byte[] bytes) {
    try {
      return read(schema, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    } catch (java.nio.BufferUnderflowException | IllegalArgumentException cut) {
      throw damaged(schema, "it is cut short or holds a text that is not UTF-8");
    }
  }

  private static ModelMessage read(MessageSchema schema, ByteBuffer in) {
    Map<String, Object> values = new LinkedHashMap<>();
    while (in.hasRemaining()) {
      long key = varint(in);
      int wire = (int) (key & 7);
      MessageSchema.Field field =
          schema.fields().stream().filter(f -> f.number() == key >>> 3).findFirst().orElse(null);
      if (field == null) {
        skip(schema, in, wire);
        continue;
      }
      switch (field.label()) {
        case ONE -> values.put(field.name(), readOne(schema, in, field, wire));
        case REPEATED -> readRepeated(schema, in, field, wire, values);
        case MAP, INT_MAP -> {
          require(schema, field, wire, LENGTH);
          readEntry(schema, slice(in), field, values);
        }
      }
    }
    return new ModelMessage(schema, values);
  }

  private static void readRepeated(
      MessageSchema schema,
      ByteBuffer in,
      MessageSchema.Field field,
      int wire,
      Map<String, Object> values) {
    List<Object> list = castList(values.computeIfAbsent(field.name(), n -> new ArrayList<>()));
    boolean scalar =
        field.type() != MessageSchema.Type.STRING && field.type() != MessageSchema.Type.MESSAGE;
    if (scalar && wire == LENGTH) {
      ByteBuffer block = slice(in);
      while (block.hasRemaining()) {
        list.add(readScalar(field.type(), block));
      }
    } else {
      list.add(readOne(schema, in, field, wire));
    }
  }

  private static void readEntry(
      MessageSchema schema, ByteBuffer in, MessageSchema.Field field, Map<String, Object> values) {
    boolean numbered = field.label() == MessageSchema.Label.INT_MAP;
    Object key = numbered ? (Object) 0 : "";
    Object value = defaultOf(field);
    while (in.hasRemaining()) {
      long tag = varint(in);
      int wire = (int) (tag & 7);
      if (tag >>> 3 == 1) {
        require(schema, field, wire, numbered ? VARINT : LENGTH);
        key = numbered ? (Object) (int) varint(in) : text(slice(in));
      } else if (tag >>> 3 == 2) {
        value = readOne(schema, in, field, wire);
      } else {
        skip(schema, in, wire);
      }
    }
    castMap(values.computeIfAbsent(field.name(), n -> new LinkedHashMap<>())).put(key, value);
  }

  private static Object readOne(
      MessageSchema schema, ByteBuffer in, MessageSchema.Field field, int wire) {
    int expected =
        switch (field.type()) {
          case DOUBLE -> FIXED64;
          case STRING, MESSAGE -> LENGTH;
          default -> VARINT;
        };
    require(schema, field, wire, expected);
    return switch (field.type()) {
      case MESSAGE -> read(field.message(), slice(in));
      case STRING -> text(slice(in));
      default -> readScalar(field.type(), in);
    };
  }

  private static void require(
      MessageSchema schema, MessageSchema.Field field, int wire, int expected) {
    if (wire != expected) {
      throw damaged(schema, "field " + field.name() + " has wire type " + wire);
    }
  }

  private static Object readScalar(MessageSchema.Type type, ByteBuffer in) {
    return switch (type) {
      case DOUBLE -> in.getDouble();
      case BOOL -> varint(in) != 0;
      case INT32 -> (int) varint(in);
      default -> varint(in);
    };
  }

  private static Object defaultOf(MessageSchema.Field field) {
    return switch (field.type()) {
      case DOUBLE -> 0.0;
      case INT32 -> 0;
      case INT64 -> 0L;
      case BOOL -> false;
      case STRING -> "";
      case MESSAGE -> new ModelMessage(field.message(), Map.of());
    };
  }

  private static void skip(MessageSchema schema, ByteBuffer in, int wire) {
    switch (wire) {
      case VARINT -> varint(in);
      case FIXED64 -> in.getLong();
      case LENGTH -> slice(in);
      case FIXED32 -> in.getInt();
      default -> throw damaged(schema, "wire type " + wire);
    }
  }

  private static ByteBuffer slice(ByteBuffer in) {
    long length = varint(in);
    if (length < 0 || length > in.remaining()) {
      throw new java.nio.BufferUnderflowException();
    }
    ByteBuffer slice = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + (int) length);
    return slice;
  }

  private static String text(ByteBuffer slice) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(slice).toString();
    } catch (CharacterCodingException malformed) {
      throw new IllegalArgumentException(malformed);
    }
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = in.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new java.nio.BufferUnderflowException();
  }

  @SuppressWarnings("unchecked")
  private static List<Object> castList(Object list) {
    return (List<Object>) list;
  }

  @SuppressWarnings("unchecked")
  private static Map<Object, Object> castMap(Object map) {
    return (Map<Object, Object>) map;
  }

  private static FedflowException damaged(MessageSchema schema, String why) {
    return FedflowException.invalid(
        "model.damaged", "model message " + schema.name() + " is damaged: " + why);
  }
}
