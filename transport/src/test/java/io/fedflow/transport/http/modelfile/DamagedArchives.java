package io.fedflow.transport.http.modelfile;

import io.fedflow.data.Digests;
import io.fedflow.spi.JsonCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Makes model files that nobody should send of one that is sound. */
final class DamagedArchives {

  private static final List<String> NAMES =
      List.of(
          "../evil",
          "../../../../etc/cron.d/evil",
          "/etc/evil",
          "fedflow/../../evil",
          "fedflow/models/../../../evil.model",
          "C:\\evil",
          "..\\evil",
          "\\\\host\\share\\evil",
          "fedflow/models/",
          "fedflow//models/lr_0.model",
          "fedflow/models/\u0000.model",
          ".evil",
          "evil\n",
          "x".repeat(5000),
          "CON",
          "fedflow/models/other_0.model",
          "fedflow/manifest.json",
          "fedflow/pipeline.json",
          "more.txt");

  /** Any of these in the place of a value may confuse who reads it. */
  private static final List<Object> VALUES =
      List.of(
          "",
          "../..",
          "' OR 1=1 --",
          "x".repeat(3000),
          "\u0000",
          -1,
          Long.MAX_VALUE,
          1e308,
          true,
          List.of(),
          List.of(1),
          Map.of(),
          Map.of("a", Map.of("b", List.of("c"))));

  private final JsonCodec codec;

  DamagedArchives(JsonCodec codec) {
    this.codec = codec;
  }

  /** One file; of the same seed always the same. */
  byte[] next(byte[] sound, Random random) throws IOException {
    return switch (random.nextInt(5)) {
      case 0 -> damaged(sound, random);
      case 1 -> {
        Map<String, byte[]> entries = unpacked(sound);
        change(entries, random);
        yield packed(entries, random);
      }
      case 2 -> {
        Map<String, byte[]> entries = unpacked(sound);
        change(entries, random);
        yield packed(fitting(entries), random);
      }
      case 3 -> {
        Map<String, byte[]> entries = unpacked(sound);
        rewrite(entries, "fedflow/pipeline.json", random);
        yield packed(fitting(entries), random);
      }
      default -> {
        Map<String, byte[]> entries = unpacked(sound);
        rewrite(entries, "fedflow/manifest.json", random);
        yield packed(entries, random);
      }
    };
  }

  /** Some entry is changed, lost, renamed or new. */
  private void change(Map<String, byte[]> entries, Random random) {
    List<String> names = new ArrayList<>(entries.keySet());
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(6)) {
      case 0 -> entries.remove(name);
      case 1 -> entries.put(pick(random, NAMES), entries.remove(name));
      case 2 -> entries.put(pick(random, NAMES), new byte[random.nextInt(50)]);
      case 3 -> {
        String other = names.get(random.nextInt(names.size()));
        entries.put(other, entries.get(name));
      }
      default -> entries.put(name, damaged(entries.get(name), random));
    }
  }

  /** One value of a JSON document becomes something else, wherever it stands. */
  private void rewrite(Map<String, byte[]> entries, String name, Random random) {
    Object tree = codec.read(new String(entries.get(name), StandardCharsets.UTF_8));
    Map<String, Object> changed = new LinkedHashMap<>();
    ((Map<?, ?>) tree).forEach((key, value) -> changed.put(key.toString(), value));
    List<String> keys = new ArrayList<>(changed.keySet());
    String key = keys.get(random.nextInt(keys.size()));
    switch (random.nextInt(4)) {
      case 0 -> changed.remove(key);
      case 1 -> changed.put(pick(random, keys), changed.get(key));
      case 2 -> {
        Map<String, Object> deep = new LinkedHashMap<>();
        if (changed.get(key) instanceof Map<?, ?> map) {
          map.forEach((inner, value) -> deep.put(inner.toString(), value));
        }
        deep.put(deep.isEmpty() ? "x" : deep.keySet().iterator().next(), pick(random, VALUES));
        changed.put(key, deep);
      }
      default -> changed.put(key, pick(random, VALUES));
    }
    entries.put(name, codec.write(changed).getBytes(StandardCharsets.UTF_8));
  }

  /** The entries with a manifest that says of them what is true. */
  Map<String, byte[]> fitting(Map<String, byte[]> entries) {
    Map<String, Object> digests = new LinkedHashMap<>();
    Map<String, byte[]> all = new LinkedHashMap<>(entries);
    all.remove(ArchiveEntries.MANIFEST);
    all.forEach((name, bytes) -> digests.put(name, Digests.hex(digest(bytes))));
    all.put(
        ArchiveEntries.MANIFEST,
        codec.write(Map.of("format", 1, "sha256", digests)).getBytes(StandardCharsets.UTF_8));
    return all;
  }

  private static java.security.MessageDigest digest(byte[] bytes) {
    java.security.MessageDigest digest = Digests.sha256();
    digest.update(bytes);
    return digest;
  }

  static Map<String, byte[]> unpacked(byte[] file) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries.put(entry.getName(), zip.readAllBytes());
      }
    }
    return entries;
  }

  /** Some entries claim to be links, or stand there twice. */
  private static byte[] packed(Map<String, byte[]> entries, Random random) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        int mode = random.nextInt(30) == 0 ? 0120777 : 0100644;
        add(zip, entry.getKey(), entry.getValue(), mode);
        if (random.nextInt(100) == 0) {
          add(zip, entry.getKey(), entry.getValue(), mode);
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** A file of these entries, which may be called anything and stand there twice. */
  static byte[] packed(List<Map.Entry<String, byte[]>> entries, int mode) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries) {
        add(zip, entry.getKey(), entry.getValue(), mode);
      }
    }
    return bytes.toByteArray();
  }

  private static void add(ZipArchiveOutputStream zip, String name, byte[] content, int mode)
      throws IOException {
    ZipArchiveEntry made = new ZipArchiveEntry(name);
    made.setUnixMode(mode);
    made.setSize(content.length);
    zip.putArchiveEntry(made);
    zip.write(content);
    zip.closeArchiveEntry();
  }

  /** One to three changes: bytes changed, dropped, doubled, or the end cut off. */
  static byte[] damaged(byte[] whole, Random random) {
    byte[] bytes = whole;
    for (int i = 1 + random.nextInt(3); i > 0 && bytes.length > 1; i--) {
      int at = random.nextInt(bytes.length);
      int to = at + 1 + random.nextInt(Math.min(16, bytes.length - at));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      switch (random.nextInt(6)) {
        case 0 -> {
          out.write(bytes, 0, at);
          out.write(bytes, to, bytes.length - to);
        }
        case 1 -> {
          out.write(bytes, 0, to);
          out.write(bytes, at, bytes.length - at);
        }
        case 2 -> out.write(bytes, 0, random.nextInt(4) == 0 ? at : bytes.length);
        default -> {
          byte[] other = bytes.clone();
          other[at] ^= (byte) (1 + random.nextInt(255));
          out.write(other, 0, other.length);
        }
      }
      bytes = out.toByteArray();
    }
    return bytes;
  }

  private static <T> T pick(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
