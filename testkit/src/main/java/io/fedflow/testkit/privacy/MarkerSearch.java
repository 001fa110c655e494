package io.fedflow.testkit.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds many sequences of bytes at once in what crossed a line. Sequences are of eight bytes or
 * more, so that none is met by chance. Immutable; thread-safe.
 */
public final class MarkerSearch {

  /** The shortest sequence, in bytes. */
  public static final int SHORTEST = Long.BYTES;

  private record Marker(String kind, String what, byte[] bytes) {}

  private final Map<Long, List<Marker>> byBeginning;

  private MarkerSearch(Map<Long, List<Marker>> byBeginning) {
    this.byBeginning = byBeginning;
  }

  /** Without any sequence. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Looks through bytes.
   *
   * @return what was found, by kind; empty if nothing was
   */
  public SortedMap<String, TreeSet<String>> find(byte[] data) {
    SortedMap<String, TreeSet<String>> found = new TreeMap<>();
    long window = 0;
    for (int end = 0; end < data.length; end++) {
      window = window << Byte.SIZE | data[end] & 0xff;
      int from = end + 1 - SHORTEST;
      if (from >= 0) {
        for (Marker marker : byBeginning.getOrDefault(window, List.of())) {
          int to = from + marker.bytes.length;
          if (to <= data.length
              && Arrays.equals(data, from, to, marker.bytes, 0, marker.bytes.length)) {
            found.computeIfAbsent(marker.kind, kind -> new TreeSet<>()).add(marker.what);
          }
        }
      }
    }
    return found;
  }

  /** Collects sequences. Not thread-safe. */
  public static final class Builder {

    /** So many labels in a row are no chance as bytes, and eight bytes as bits. */
    private static final int LABELS = 64;

    private static final int STEP = Byte.SIZE;

    private final Map<Long, List<Marker>> byBeginning = new HashMap<>();

    private Builder() {}

    /**
     * Texts in UTF-8.
     *
     * @throws IllegalArgumentException if one is shorter than eight bytes
     */
    public Builder texts(String kind, Iterable<String> texts) {
      texts.forEach(text -> add(kind, text, text.getBytes(StandardCharsets.UTF_8)));
      return this;
    }

    /**
     * A sequence as it is.
     *
     * @throws IllegalArgumentException if it is shorter than eight bytes
     */
    public Builder sequence(String kind, String what, byte[] bytes) {
      add(kind, what, bytes.clone());
      return this;
    }

    /** Numbers as decimal text, and as doubles in both byte orders. */
    public Builder numbers(String kind, double... values) {
      for (double value : values) {
        String text = Double.toString(value);
        if (text.length() >= SHORTEST) {
          add(kind + " as text", text, text.getBytes(StandardCharsets.UTF_8));
        }
        long bits = Double.doubleToLongBits(value);
        add(kind + " as big-endian double", text, bytes(bits));
        add(kind + " as little-endian double", text, bytes(Long.reverseBytes(bits)));
      }
      return this;
    }

    /**
     * Stretches of 64 labels in a row: as text with the usual separators, as bytes, as integers of
     * four and eight bytes and as doubles in both byte orders, as signs, and as bits.
     *
     * @param labels 0 or 1 each, at least 64
     * @throws IllegalArgumentException if there are fewer
     */
    public Builder labels(String kind, double[] labels) {
      if (labels.length < LABELS) {
        throw new IllegalArgumentException(
            kind + ": found " + labels.length + " labels, allowed are " + LABELS + " or more");
      }
      for (int from = 0; from + LABELS <= labels.length; from += STEP) {
        double[] part = Arrays.copyOfRange(labels, from, from + LABELS);
        String what = "from row " + from;
        for (String separator : List.of("", ",", ", ", "\n")) {
          List<String> digits = new ArrayList<>();
          for (double label : part) {
            digits.add(Integer.toString((int) label));
          }
          String text = String.join(separator, digits);
          add(kind + " as text", what, text.getBytes(StandardCharsets.UTF_8));
        }
        double[] signs = Arrays.stream(part).map(label -> label == 1 ? 1 : -1).toArray();
        for (double[] form : List.of(part, signs)) {
          add(kind + " as bytes", what, wide(form, 1, true));
          add(kind + " as integers", what, wide(form, Integer.BYTES, true));
          add(kind + " as integers", what, wide(form, Integer.BYTES, false));
          add(kind + " as integers", what, wide(form, Long.BYTES, true));
          add(kind + " as integers", what, wide(form, Long.BYTES, false));
          add(kind + " as doubles", what, doubles(form, true));
          add(kind + " as doubles", what, doubles(form, false));
        }
        add(kind + " as bits", what, bytes(packed(part)));
        add(kind + " as bits", what, bytes(Long.reverseBytes(Long.reverse(packed(part)))));
      }
      return this;
    }

    /** The search. */
    public MarkerSearch build() {
      return new MarkerSearch(Map.copyOf(byBeginning));
    }

    private void add(String kind, String what, byte[] bytes) {
      if (bytes.length < SHORTEST) {
        throw new IllegalArgumentException(
            kind + ": found '" + what + "', allowed are " + SHORTEST + " bytes or more");
      }
      byBeginning
          .computeIfAbsent(ByteBuffer.wrap(bytes).getLong(), beginning -> new ArrayList<>())
          .add(new Marker(kind, what, bytes));
    }

    private static byte[] bytes(long value) {
      return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static byte[] wide(double[] values, int width, boolean bigEndian) {
      byte[] out = new byte[values.length * width];
      for (int i = 0; i < values.length; i++) {
        long value = (long) values[i];
        for (int at = 0; at < width; at++) {
          int place = bigEndian ? width - 1 - at : at;
          out[i * width + place] = (byte) (value >> at * Byte.SIZE);
        }
      }
      return out;
    }

    private static byte[] doubles(double[] values, boolean bigEndian) {
      ByteBuffer out = ByteBuffer.allocate(values.length * Double.BYTES);
      for (double value : values) {
        long bits = Double.doubleToLongBits(value);
        out.putLong(bigEndian ? bits : Long.reverseBytes(bits));
      }
      return out.array();
    }

    /** The first label is the highest bit. */
    private static long packed(double[] labels) {
      long bits = 0;
      for (double label : labels) {
        bits = bits << 1 | (long) label;
      }
      return bits;
    }
  }
}
