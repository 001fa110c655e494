package io.fedflow.worker;

import io.fedflow.component.TaskId;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The body of a frame: numbers, texts, JSON trees and what tasks are made of. */
final class Packet {

  private static final int MAX_DEPTH = 200;

  private Packet() {}

  private enum Kind {
    NULL,
    TRUE,
    FALSE,
    INT,
    LONG,
    DOUBLE,
    TEXT,
    LIST,
    MAP,
    BIG_INTEGER,
    BIG_DECIMAL
  }

  /** Writes a body. Not thread-safe. */
  static final class Writer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    byte[] bytes() {
      return bytes.toByteArray();
    }

    Writer integer(int value) {
      return put(() -> out.writeInt(value));
    }

    Writer number(long value) {
      return put(() -> out.writeLong(value));
    }

    Writer real(double value) {
      return put(() -> out.writeLong(Double.doubleToRawLongBits(value)));
    }

    Writer flag(boolean value) {
      return put(() -> out.writeBoolean(value));
    }

    Writer text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return put(
          () -> {
            out.writeInt(utf8.length);
            out.write(utf8);
          });
    }

    Writer party(Party party) {
      return text(party.role().name()).text(party.id());
    }

    Writer task(TaskId task) {
      return text(task.jobId()).text(task.component()).integer(task.version());
    }

    Writer tag(MessageTag tag) {
      return text(tag.name()).text(tag.suffix());
    }

    Writer parties(Parties parties) {
      integer(parties.byRole().size());
      parties
          .byRole()
          .forEach(
              (role, ids) -> {
                text(role.name()).integer(ids.size());
                ids.forEach(this::text);
              });
      return this;
    }

    /**
     * A JSON tree.
     *
     * @throws IllegalArgumentException if it holds what JSON does not
     */
    Writer tree(Object tree) {
      return tree(tree, 0);
    }

    private Writer tree(Object tree, int depth) {
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException("a tree nests deeper than " + MAX_DEPTH);
      }
      if (tree == null) {
        return kind(Kind.NULL);
      } else if (tree instanceof Boolean yes) {
        return kind(yes ? Kind.TRUE : Kind.FALSE);
      } else if (tree instanceof String text) {
        return kind(Kind.TEXT).text(text);
      } else if (tree instanceof Number number) {
        return number(number);
      } else if (tree instanceof List<?> list) {
        kind(Kind.LIST).integer(list.size());
        list.forEach(element -> tree(element, depth + 1));
        return this;
      } else if (tree instanceof Map<?, ?> map) {
        kind(Kind.MAP).integer(map.size());
        map.forEach((key, value) -> text(String.valueOf(key)).tree(value, depth + 1));
        return this;
      }
      throw new IllegalArgumentException(
          "a tree holds a "
              + tree.getClass().getName()
              + ", allowed maps, lists, texts, numbers, booleans and null");
    }

    private Writer number(Number number) {
      if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
        return kind(Kind.INT).integer(number.intValue());
      } else if (number instanceof Long) {
        return kind(Kind.LONG).number(number.longValue());
      } else if (number instanceof BigInteger big) {
        return kind(Kind.BIG_INTEGER).text(big.toString());
      } else if (number instanceof BigDecimal big) {
        return kind(Kind.BIG_DECIMAL).text(big.toString());
      }
      return kind(Kind.DOUBLE).real(number.doubleValue());
    }

    private Writer kind(Kind kind) {
      return put(() -> out.writeByte(kind.ordinal()));
    }

    private interface Step {
      void write() throws IOException;
    }

    private Writer put(Step step) {
      try {
        step.write();
      } catch (IOException impossible) {
        throw new IllegalStateException("memory does not fail", impossible);
      }
      return this;
    }
  }

  /**
   * Reads a body. Not thread-safe. Whatever a body lacks or holds wrongly is a {@link
   * RuntimeException}.
   */
  static final class Reader {
    private final ByteBuffer in;

    Reader(byte[] body) {
      in = ByteBuffer.wrap(body);
    }

    int integer() {
      return in.getInt();
    }

    long number() {
      return in.getLong();
    }

    double real() {
      return Double.longBitsToDouble(in.getLong());
    }

    boolean flag() {
      return in.get() != 0;
    }

    String text() {
      byte[] utf8 = new byte[count()];
      in.get(utf8);
      return new String(utf8, StandardCharsets.UTF_8);
    }

    /** A count of things that take a byte or more each. */
    int count() {
      int count = in.getInt();
      if (count < 0 || count > in.remaining()) {
        throw new IllegalArgumentException("the impossible count " + count);
      }
      return count;
    }

    Party party() {
      return new Party(new Role(text()), text());
    }

    TaskId task() {
      return new TaskId(text(), text(), integer());
    }

    MessageTag tag() {
      return new MessageTag(text(), text());
    }

    Parties parties() {
      Map<Role, List<String>> byRole = new LinkedHashMap<>();
      int roles = count();
      for (int i = 0; i < roles; i++) {
        Role role = new Role(text());
        List<String> ids = new ArrayList<>();
        int size = count();
        for (int j = 0; j < size; j++) {
          ids.add(text());
        }
        byRole.put(role, ids);
      }
      return new Parties(byRole);
    }

    /** A payload, which takes the rest of the body. */
    Payload payload() {
      Payload.Format format = Payload.Format.values()[integer()];
      return new Payload(format, rest());
    }

    byte[] rest() {
      byte[] rest = new byte[in.remaining()];
      in.get(rest);
      return rest;
    }

    Map<String, Object> map() {
      Map<String, Object> map = new LinkedHashMap<>();
      ((Map<?, ?>) tree()).forEach((key, value) -> map.put((String) key, value));
      return map;
    }

    Object tree() {
      return tree(0);
    }

    private Object tree(int depth) {
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException("a tree nests deeper than " + MAX_DEPTH);
      }
      return switch (Kind.values()[in.get()]) {
        case NULL -> null;
        case TRUE -> true;
        case FALSE -> false;
        case INT -> in.getInt();
        case LONG -> in.getLong();
        case DOUBLE -> real();
        case TEXT -> text();
        case LIST -> list(depth);
        case MAP -> map(depth);
        case BIG_INTEGER -> new BigInteger(text());
        case BIG_DECIMAL -> new BigDecimal(text());
      };
    }

    private List<Object> list(int depth) {
      List<Object> list = new ArrayList<>();
      int size = count();
      for (int i = 0; i < size; i++) {
        list.add(tree(depth + 1));
      }
      return list;
    }

    private Map<String, Object> map(int depth) {
      Map<String, Object> map = new LinkedHashMap<>();
      int size = count();
      for (int i = 0; i < size; i++) {
        String key = text();
        map.put(key, tree(depth + 1));
      }
      return map;
    }
  }
}
