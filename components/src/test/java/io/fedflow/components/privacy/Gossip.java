package io.fedflow.components.privacy;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.components.crypto.AdditiveCipher;
import io.fedflow.components.crypto.AdditiveOwner;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.FixedPoint;
import io.fedflow.components.crypto.PaillierKeyPair;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * A component as it should not be: the guest tells the host its rows, each time in another form,
 * and declares every message as harmless.
 */
final class Gossip implements Component {

  static final String MODULE = "Gossip";
  private static final int FIXED_BITS = 40;

  /** Turns a table into something to tell. */
  private interface Form {
    Payload of(Table table) throws Exception;
  }

  private final KeyHolders keys;

  Gossip(KeyHolders keys) {
    this.keys = keys;
  }

  /** Names of all messages. */
  static Set<String> names() {
    return new Gossip(new KeyHolders()).forms().keySet();
  }

  private Map<String, Form> forms() {
    Map<String, Form> forms = new LinkedHashMap<>();
    forms.put("doubles", table -> Payload.ofDoubles(column(table)));
    forms.put("one_of_many", table -> Payload.ofDoubles(amongNoise(column(table)[7])));
    forms.put("nearly", table -> Payload.ofDoubles(map(column(table), 1, 1e-11)));
    forms.put("negated", table -> Payload.ofDoubles(map(column(table), -1, 0)));
    forms.put("scaled", table -> Payload.ofDoubles(map(column(table), 3, 0.5)));
    forms.put("fixed_point", table -> Payload.ofLongs(fixed(column(table))));
    forms.put("big_endian", table -> Payload.ofBytes(doubles(column(table))));
    forms.put("floats", table -> Payload.ofBytes(floats(column(table))));
    forms.put("texts", table -> Payload.ofTexts(texts(column(table), "%s")));
    forms.put("rounded_texts", table -> Payload.ofTexts(texts(column(table), "x=%.6f;")));
    forms.put("gzip", table -> Payload.ofBytes(gzip(doubles(column(table)))));
    forms.put("zlib_of_texts", table -> Payload.ofBytes(zlib(joined(table))));
    forms.put("base64", table -> Payload.ofTexts(List.of(base64(doubles(column(table))))));
    forms.put("hex", table -> Payload.ofTexts(List.of(hex(doubles(column(table))))));
    forms.put("base64_of_gzip", table -> Payload.ofTexts(List.of(base64(gzip(joined(table))))));
    forms.put("ids", table -> Payload.ofTexts(List.of(table.ids())));
    forms.put("hashed_ids", table -> Payload.ofBytes(hashes(table.ids())));
    forms.put("names", table -> Payload.ofTexts(table.schema().header()));
    forms.put("labels", table -> Payload.ofDoubles(table.label()));
    forms.put("label_signs", table -> Payload.ofDoubles(map(table.label(), 2, -1)));
    forms.put("label_integers", table -> Payload.ofLongs(integers(table.label())));
    forms.put("label_bits", table -> Payload.ofBytes(bits(table.label())));
    forms.put("visible", table -> visible(column(table)));
    forms.put("for_the_wrong_one", table -> encrypted(column(table)));
    forms.put("same_twice", this::repeated);
    Map<String, Form> named = new LinkedHashMap<>();
    forms.forEach((name, form) -> named.put("gossip_" + name, form));
    return named;
  }

  @Override
  public ComponentDescriptor descriptor() {
    List<MessageDeclaration> messages =
        forms().keySet().stream()
            .flatMap(
                name ->
                    Stream.of(
                        name.endsWith("visible")
                                || name.endsWith("wrong_one")
                                || name.endsWith("twice")
                            ? MessageDeclaration.ciphertext(
                                name, Role.HOST, Role.GUEST, Role.HOST, "nothing")
                            : MessageDeclaration.masked(name, Role.GUEST, Role.HOST, "nothing")))
            .toList();
    return new ComponentDescriptor(
        MODULE, Set.of(Role.GUEST, Role.HOST), ParameterSchema.builder().build(), messages);
  }

  @Override
  public TaskOutputs run(TaskContext context) throws Exception {
    for (Map.Entry<String, Form> form : forms().entrySet()) {
      MessageTag tag = MessageTag.of(form.getKey());
      if (context.self().role().equals(Role.GUEST)) {
        Table table = context.inputs().data().get("data").get(0).table();
        context
            .federation()
            .send(context.federation().parties(Role.HOST).get(0), tag, form.getValue().of(table));
      } else {
        context.federation().receive(context.federation().parties(Role.GUEST).get(0), tag);
      }
    }
    return TaskOutputs.none();
  }

  private static double[] column(Table table) {
    return table.numbers(table.schema().header().get(0));
  }

  private static double[] map(double[] values, double factor, double shift) {
    return Arrays.stream(values).map(value -> value * factor + shift).toArray();
  }

  private static double[] amongNoise(double value) {
    double[] noise = new Random(1).doubles(50).toArray();
    noise[23] = value;
    return noise;
  }

  private static long[] fixed(double[] values) {
    return Arrays.stream(values)
        .mapToLong(value -> Math.round(Math.scalb(value, FIXED_BITS)))
        .toArray();
  }

  private static long[] integers(double[] values) {
    return Arrays.stream(values).mapToLong(value -> (long) value).toArray();
  }

  private static byte[] doubles(double[] values) {
    ByteBuffer out = ByteBuffer.allocate(values.length * Double.BYTES);
    out.asDoubleBuffer().put(values);
    return out.array();
  }

  private static byte[] floats(double[] values) {
    ByteBuffer out =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      out.putFloat((float) value);
    }
    return out.array();
  }

  private static List<String> texts(double[] values, String format) {
    return Arrays.stream(values)
        .mapToObj(value -> String.format(Locale.ROOT, format, value))
        .toList();
  }

  private static byte[] joined(Table table) {
    return String.join(",", texts(column(table), "%s")).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static byte[] zlib(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    // Something before it, so that it does not begin where a message begins.
    out.writeBytes(new byte[] {1, 2, 3, 4, 5});
    try (OutputStream zlib = new DeflaterOutputStream(out)) {
      zlib.write(bytes);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] hashes(String[] ids) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String id : ids) {
      out.writeBytes(
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
    }
    return out.toByteArray();
  }

  private static byte[] bits(double[] labels) {
    BitSet bits = new BitSet();
    for (int row = 0; row < labels.length; row++) {
      bits.set(row, labels[row] == 1);
    }
    return bits.toByteArray();
  }

  private AdditiveOwner owner() {
    return keys.owner(PaillierKeyPair.generate(1024, new SecureRandom()), ComputePool.inline());
  }

  /** Ciphertexts that everybody can read. */
  private Payload visible(double[] values) {
    AdditiveCipher cipher = owner().cipher();
    return Payload.ofCiphertexts(
        cipher.encryptVisibly(new FixedPoint(FIXED_BITS, 20).encode(values)).encode());
  }

  /** Ciphertexts that are sound, and go to the one who has the key. */
  private Payload encrypted(double[] values) {
    AdditiveCipher cipher = owner().cipher();
    return Payload.ofCiphertexts(
        cipher.encrypt(new FixedPoint(FIXED_BITS, 20).encode(values), new SecureRandom()).encode());
  }

  /** Equal labels have equal ciphertexts. */
  private Payload repeated(Table table) {
    AdditiveCipher cipher = owner().cipher();
    var two = cipher.encrypt(new FixedPoint(0, 20).encode(new double[] {0, 1}), new SecureRandom());
    return Payload.ofCiphertexts(
        two.select(Arrays.stream(table.label()).mapToInt(label -> (int) label).toArray()).encode());
  }
}
