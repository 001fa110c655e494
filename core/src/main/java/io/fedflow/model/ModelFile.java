package io.fedflow.model;

import io.fedflow.failure.FedflowException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stored form of a component's model: magic {@code FFM1}, names, and every message with its
 * shape and its protobuf bytes. It tells its own shape, so a registry reads models of components
 * that it does not have.
 */
public final class ModelFile {

  /** The first bytes of every model, big-endian. */
  public static final int MAGIC = 0x46464D31;

  private static final int MAX_BYTES = 1 << 30;
  private static final int MAX_DEPTH = 16;

  private ModelFile() {}

  /** The model's bytes. The same model always gives the same bytes. */
  public static byte[] write(ComponentModel model) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeUTF(model.component());
      out.writeUTF(model.module());
      out.writeUTF(model.alias());
      out.writeInt(model.messages().size());
      for (Map.Entry<String, ModelMessage> entry : model.messages().entrySet()) {
        out.writeUTF(entry.getKey());
        writeShape(out, entry.getValue().schema());
        byte[] message = ProtobufCodec.write(entry.getValue());
        out.writeInt(message.length);
        out.write(message);
      }
    } catch (IOException impossible) {
      throw new IllegalStateException("memory does not fail", impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a model.
   *
   * @throws FedflowException {@code model.damaged} if the bytes are not a whole model
   */
  public static ComponentModel read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC) {
        throw damaged("it does not start with the magic FFM1");
      }
      String component = in.readUTF();
      String module = in.readUTF();
      String alias = in.readUTF();
      Map<String, ModelMessage> messages = new LinkedHashMap<>();
      int count = bounded(in.readInt(), bytes.length);
      for (int i = 0; i < count; i++) {
        String name = in.readUTF();
        MessageSchema schema = readShape(in, 0);
        byte[] message = whole(in, bounded(in.readInt(), MAX_BYTES));
        if (messages.put(name, ProtobufCodec.read(schema, message)) != null) {
          throw damaged("message " + name + " stands twice");
        }
      }
      if (in.read() >= 0) {
        throw damaged("it goes on after its last message");
      }
      return new ComponentModel(component, module, alias, messages);
    } catch (IOException cut) {
      throw damaged("it is cut short");
    } catch (IllegalArgumentException shape) {
      throw damaged(shape.getMessage());
    }
  }

  private static byte[] whole(DataInputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private static void writeShape(DataOutputStream out, MessageSchema schema) throws IOException {
    out.writeUTF(schema.name());
    out.writeInt(schema.fields().size());
    for (MessageSchema.Field field : schema.fields()) {
      out.writeUTF(field.name());
      out.writeInt(field.number());
      out.writeByte(field.type().ordinal());
      out.writeByte(field.label().ordinal());
      if (field.type() == MessageSchema.Type.MESSAGE) {
        writeShape(out, field.message());
      }
    }
  }

  private static MessageSchema readShape(DataInputStream in, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw damaged("its shape nests deeper than " + MAX_DEPTH);
    }
    String name = in.readUTF();
    int count = bounded(in.readInt(), 10_000);
    List<MessageSchema.Field> fields = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String field = in.readUTF();
      int number = in.readInt();
      MessageSchema.Type type =
          MessageSchema.Type.values()[
              bounded(in.readUnsignedByte(), MessageSchema.Type.values().length - 1)];
      MessageSchema.Label label =
          MessageSchema.Label.values()[
              bounded(in.readUnsignedByte(), MessageSchema.Label.values().length - 1)];
      fields.add(
          new MessageSchema.Field(
              field,
              number,
              type,
              label,
              type == MessageSchema.Type.MESSAGE ? readShape(in, depth + 1) : null));
    }
    return new MessageSchema(name, fields);
  }

  private static int bounded(int value, int limit) {
    if (value < 0 || value > limit) {
      throw damaged("it holds the impossible count " + value);
    }
    return value;
  }

  private static FedflowException damaged(String why) {
    return FedflowException.invalid("model.damaged", "model file is damaged: " + why);
  }
}
