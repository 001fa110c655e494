package io.fedflow.data;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Finds ids that stand in several rows, in bounded memory: ids are known by 128 bits of their
 * SHA-256, sorted half a million at a time, spilled to files, and merged. Not thread-safe.
 */
final class RepeatedIds implements CsvSource.IdListener, Closeable {

  /** So many low bits of a sort key are the position within a run. */
  private static final int POSITION_BITS = 19;

  private static final int RUN = 1 << POSITION_BITS;
  private static final long POSITION = RUN - 1L;
  private static final int BUFFER = 1 << 14;

  private final Path folder;
  private final MessageDigest sha = Digests.sha256();
  private final List<Path> spilled = new ArrayList<>();
  private final BitSet replaced = new BitSet();
  private long[] high = new long[1 << 10];
  private long[] low = new long[1 << 10];
  private int filled;
  private int rows;
  private Repetition first;

  /**
   * An id that stands a second time.
   *
   * @param row of the second, from 0
   * @param earlier the row before of the same id
   */
  record Repetition(int row, int earlier) {}

  /** A digest and its row. */
  private record Entry(long high, long low, int row) {

    /** What runs are sorted by; the rest of the digest decides among equal ones. */
    long key() {
      return high & ~POSITION;
    }
  }

  /**
   * Spills to files of this folder, which are deleted on {@link #close}.
   *
   * @param folder must exist once there are more than half a million ids
   */
  RepeatedIds(Path folder) {
    this.folder = folder;
  }

  @Override
  public void id(String id) throws IOException {
    if (filled == high.length) {
      if (filled == RUN) {
        spill();
      } else {
        high = Arrays.copyOf(high, filled * 2);
        low = Arrays.copyOf(low, filled * 2);
      }
    }
    ByteBuffer digest = ByteBuffer.wrap(sha.digest(id.getBytes(StandardCharsets.UTF_8)));
    high[filled] = digest.getLong();
    low[filled] = digest.getLong();
    filled++;
    rows++;
  }

  @Override
  public void end() throws IOException {
    PriorityQueue<Run> runs =
        new PriorityQueue<>(
            Comparator.<Run>comparingLong(run -> run.head.key())
                .thenComparingInt(run -> run.head.row()));
    List<SpilledRun> opened = new ArrayList<>();
    try {
      for (Path file : spilled) {
        SpilledRun run = new SpilledRun(file);
        opened.add(run);
        add(runs, run);
      }
      add(runs, new MemoryRun());
      merge(runs);
    } finally {
      for (SpilledRun run : opened) {
        run.close();
      }
    }
  }

  /** The rows whose id a later row has as well; known after {@link #end}. */
  BitSet replaced() {
    return replaced;
  }

  /** The first row whose id stood before; null if all differ; known after {@link #end}. */
  Repetition first() {
    return first;
  }

  @Override
  public void close() throws IOException {
    for (Path file : spilled) {
      Files.deleteIfExists(file);
    }
  }

  private static void add(PriorityQueue<Run> runs, Run run) throws IOException {
    if (run.advance()) {
      runs.add(run);
    }
  }

  private void merge(PriorityQueue<Run> runs) throws IOException {
    Entry before = null;
    Map<Entry, Integer> alike = new HashMap<>();
    for (Run run = runs.poll(); run != null; run = runs.poll()) {
      Entry entry = run.head;
      add(runs, run);
      if (before != null && before.key() == entry.key()) {
        alike.putIfAbsent(digestOf(before), before.row());
        Integer earlier = alike.put(digestOf(entry), entry.row());
        if (earlier != null) {
          note(entry.row(), earlier);
        }
      } else {
        alike.clear();
      }
      before = entry;
    }
  }

  private static Entry digestOf(Entry entry) {
    return new Entry(entry.high(), entry.low(), 0);
  }

  private void note(int row, int earlier) {
    replaced.set(earlier);
    if (first == null || row < first.row()) {
      first = new Repetition(row, earlier);
    }
  }

  /** The positions of the entries in memory, in the order of their digests. */
  private long[] sorted() {
    long[] keys = new long[filled];
    for (int i = 0; i < filled; i++) {
      keys[i] = high[i] & ~POSITION | i;
    }
    Arrays.sort(keys);
    return keys;
  }

  private void spill() throws IOException {
    Path file = Files.createTempFile(folder, "ids-", "");
    spilled.add(file);
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), BUFFER))) {
      for (long key : sorted()) {
        int position = (int) (key & POSITION);
        out.writeLong(high[position]);
        out.writeLong(low[position]);
        out.writeInt(rows - filled + position);
      }
    }
    filled = 0;
  }

  /** Entries in the order of their keys, then of their rows. */
  private abstract static class Run {

    Entry head;

    /** Moves to the next entry; false at the end. */
    abstract boolean advance() throws IOException;
  }

  private final class MemoryRun extends Run {

    private final long[] keys = sorted();
    private int next;

    @Override
    boolean advance() {
      if (next == keys.length) {
        return false;
      }
      int position = (int) (keys[next++] & POSITION);
      head = new Entry(high[position], low[position], rows - filled + position);
      return true;
    }
  }

  private static final class SpilledRun extends Run implements Closeable {

    private final DataInputStream in;

    SpilledRun(Path file) throws IOException {
      in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
    }

    @Override
    boolean advance() throws IOException {
      try {
        head = new Entry(in.readLong(), in.readLong(), in.readInt());
        return true;
      } catch (EOFException end) {
        return false;
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
