package io.fedflow.components.privacy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** What is packed or encoded inside of bytes, wherever it begins. */
final class Containers {

  private static final int DEEPEST = 3;

  /** Less is met by chance in random bytes, and holds no marker worth the name. */
  private static final int LEAST = 16;

  private static final int MOST = 10_000_000;
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{32,}");
  private static final Pattern HEX = Pattern.compile("(?:[0-9a-fA-F]{2}){16,}");

  private Containers() {}

  /** The bytes themselves, and all that is inside of them. */
  static List<byte[]> open(byte[] bytes) {
    List<byte[]> all = new ArrayList<>();
    open(bytes, 0, all);
    return all;
  }

  private static void open(byte[] bytes, int depth, List<byte[]> all) {
    all.add(bytes);
    if (depth < DEEPEST) {
      packed(bytes).forEach(inner -> open(inner, depth + 1, all));
      encoded(bytes).forEach(inner -> open(inner, depth + 1, all));
    }
  }

  /** Streams of gzip and zlib, told by their first two bytes. */
  private static List<byte[]> packed(byte[] bytes) {
    List<byte[]> found = new ArrayList<>();
    for (int at = 0; at + 1 < bytes.length; at++) {
      int magic = (bytes[at] & 0xff) << Byte.SIZE | bytes[at + 1] & 0xff;
      InputStream rest = new ByteArrayInputStream(bytes, at, bytes.length - at);
      byte[] inner = new byte[0];
      if (magic == 0x1f8b) {
        inner = inflated(rest, true);
      } else if (magic >> Byte.SIZE == 0x78 && magic % 31 == 0) {
        inner = inflated(rest, false);
      }
      if (inner.length >= LEAST) {
        found.add(inner);
      }
    }
    return found;
  }

  /** As much as can be read: a marker may come before the stream breaks. */
  private static byte[] inflated(InputStream packed, boolean gzip) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (InputStream in = gzip ? new GZIPInputStream(packed) : new InflaterInputStream(packed)) {
      for (int next = in.read(); next >= 0 && out.size() < MOST; next = in.read()) {
        out.write(next);
      }
    } catch (IOException broken) {
      // What begins like a stream need not be one.
    }
    return out.toByteArray();
  }

  private static List<byte[]> encoded(byte[] bytes) {
    List<byte[]> found = new ArrayList<>();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (Matcher match = HEX.matcher(text); match.find(); ) {
      found.add(HexFormat.of().parseHex(match.group()));
    }
    for (Matcher match = BASE64.matcher(text); match.find(); ) {
      String digits = match.group().replace('-', '+').replace('_', '/');
      found.add(Base64.getDecoder().decode(digits.substring(0, digits.length() / 4 * 4)));
    }
    return found;
  }
}
