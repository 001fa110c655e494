package io.fedflow.server;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.fedflow.transport.grpc.wire.CommandRequest;
import io.fedflow.transport.grpc.wire.EnvelopeHeader;
import io.fedflow.transport.grpc.wire.Frame;
import io.fedflow.transport.grpc.wire.HelloRequest;
import io.fedflow.transport.grpc.wire.Party;
import io.fedflow.transport.grpc.wire.PayloadFormat;
import io.fedflow.transport.grpc.wire.Piece;
import io.fedflow.transport.grpc.wire.QuestionRequest;
import io.fedflow.transport.grpc.wire.Task;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * Messages of one service as nobody should send them: well formed ones with odd values in any
 * field, and those again cut, flipped, repeated or replaced by noise. The same seed gives the same.
 */
final class HostileMessages {

  private static final int DEEPEST = 4;

  private final Random random;
  private final String self;
  private final String job;
  private int number;

  /**
   * Messages of a caller.
   *
   * @param self the caller's party
   * @param job a job of others
   */
  HostileMessages(Random random, String self, String job) {
    this.random = random;
    this.self = self;
    this.job = job;
  }

  /** The messages of one call. */
  byte[][] next(String method) {
    number++;
    List<byte[]> messages = new ArrayList<>();
    switch (method) {
      case "HelloService/Hello" ->
          messages.add(odd(HelloRequest.newBuilder(), 0).build().toByteArray());
      case "CommandService/Send" -> messages.add(command());
      case "CommandService/Ask" -> messages.add(question());
      default -> frames(messages);
    }
    if (random.nextInt(3) == 0) {
      damage(messages);
    }
    return messages.toArray(byte[][]::new);
  }

  private byte[] command() {
    CommandRequest.Builder request = CommandRequest.newBuilder();
    odd(request, 0);
    if (random.nextInt(10) > 0) {
      request.setProtocol(2).clearFrom().addFrom(self).setTo(host());
    }
    return request.build().toByteArray();
  }

  private byte[] question() {
    QuestionRequest.Builder request = QuestionRequest.newBuilder();
    odd(request, 0);
    if (random.nextInt(10) > 0) {
      request.setProtocol(2).clearFrom().addFrom(self).setTo(host());
    }
    return request.build().toByteArray();
  }

  private void frames(List<byte[]> messages) {
    byte[] payload = new byte[random.nextInt(400)];
    random.nextBytes(payload);
    CRC32C checksum = new CRC32C();
    checksum.update(payload);
    EnvelopeHeader.Builder header =
        EnvelopeHeader.newBuilder()
            .setProtocol(2)
            .setTask(
                Task.newBuilder()
                    .setJobId(random.nextBoolean() ? job : "202601010000000000009")
                    .setComponent("hetero_lr_0"))
            .setFrom(Party.newBuilder().setRole("host").setId(self))
            .setTo(host())
            .setTag("block")
            .setSuffix(String.valueOf(number))
            .setFormat(PayloadFormat.PAYLOAD_FORMAT_BYTES)
            .setSize(payload.length)
            .setTransfer("transfer" + number)
            .setChecksum((int) checksum.getValue())
            .setDigest(ByteString.copyFrom(sha256(payload)));
    if (random.nextInt(3) == 0) {
      FieldDescriptor field = any(header);
      header.clearField(field);
      set(header, field, 0);
    }
    messages.add(Frame.newBuilder().setHeader(header).build().toByteArray());
    for (int at = 0; at < payload.length; at += 100) {
      long offset = random.nextInt(20) == 0 ? random.nextLong() : at;
      messages.add(
          Frame.newBuilder()
              .setPiece(
                  Piece.newBuilder()
                      .setOffset(offset)
                      .setData(
                          ByteString.copyFrom(payload, at, Math.min(100, payload.length - at))))
              .build()
              .toByteArray());
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Party host() {
    return Party.newBuilder().setRole("host").setId(Consortium.HOST_ID).build();
  }

  private FieldDescriptor any(Message.Builder message) {
    List<FieldDescriptor> fields = message.getDescriptorForType().getFields();
    return fields.get(random.nextInt(fields.size()));
  }

  /** Some fields with odd values; of several that exclude each other the last one stays. */
  private Message.Builder odd(Message.Builder message, int depth) {
    int fields = 1 + random.nextInt(6);
    for (int i = 0; i < fields; i++) {
      set(message, any(message), depth);
    }
    return message;
  }

  private void set(Message.Builder message, FieldDescriptor field, int depth) {
    if (field.isRepeated()) {
      for (int i = random.nextInt(4); i > 0; i--) {
        if (!field.isMapField()) {
          message.addRepeatedField(field, value(message, field, depth));
        }
      }
    } else {
      message.setField(field, value(message, field, depth));
    }
  }

  private Object value(Message.Builder message, FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case INT -> random.nextBoolean() ? random.nextInt() : random.nextInt(4);
      case LONG -> random.nextBoolean() ? random.nextLong() : (long) random.nextInt(4);
      case BOOLEAN -> random.nextBoolean();
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextDouble();
      case STRING -> text();
      case BYTE_STRING -> ByteString.copyFromUtf8(document());
      case ENUM ->
          field
              .getEnumType()
              .getValues()
              .get(random.nextInt(field.getEnumType().getValues().size()));
      case MESSAGE -> {
        Message.Builder inner = message.newBuilderForField(field);
        yield (depth < DEEPEST ? odd(inner, depth + 1) : inner).build();
      }
    };
  }

  private String text() {
    return switch (random.nextInt(9)) {
      case 0 -> "";
      case 1 -> job;
      case 2 -> self;
      case 3 -> "guest";
      case 4 -> "success";
      case 5 -> "x".repeat(random.nextInt(5000));
      case 6 -> "\u0000\n‹›\ud83d\ude00'; drop table";
      case 7 -> "../../etc/passwd";
      default -> "hetero_lr_0";
    };
  }

  private String document() {
    return switch (random.nextInt(6)) {
      case 0 -> "";
      case 1 -> "{}";
      case 2 -> "{\"components\":{\"a\":{\"module\":\"HeteroLR\"}}}";
      case 3 -> "[".repeat(random.nextInt(3000));
      case 4 -> "{\"role\":{\"guest\":[" + self + "]},\"initiator\":{\"role\":7}}";
      default -> "{\"dsl_version\":" + random.nextLong() + "e999}";
    };
  }

  private void damage(List<byte[]> messages) {
    int victim = random.nextInt(messages.size());
    byte[] message = messages.get(victim);
    switch (random.nextInt(5)) {
      case 0 -> messages.set(victim, Arrays.copyOf(message, random.nextInt(message.length + 1)));
      case 1 -> messages.add(victim, messages.get(random.nextInt(messages.size())));
      case 2 -> messages.remove(victim);
      case 3 -> {
        byte[] noise = new byte[1 + random.nextInt(300)];
        random.nextBytes(noise);
        messages.set(victim, noise);
      }
      default -> {
        for (int i = random.nextInt(8); i > 0 && message.length > 0; i--) {
          message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
        }
      }
    }
  }
}
