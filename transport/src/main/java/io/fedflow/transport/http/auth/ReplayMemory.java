package io.fedflow.transport.http.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was signed lately, so that nobody sends it a second time. Remembers for as long as a
 * timestamp is accepted, and a bounded number: when it is full, further requests have to wait
 * rather than be believed. Thread-safe.
 */
public final class ReplayMemory {

  /** What became of something that arrived. */
  public enum Seen {
    /** Never seen before. */
    NEW,
    /** Seen before. */
    AGAIN,
    /** Too many to be remembered. */
    FULL
  }

  private static final long MILLIS = 1000;

  private final int most;
  // By the second at which it is forgotten. What is remembered is the first half of a digest: two
  // that are alike by chance are refused once in a million years.
  private final TreeMap<Long, Set<Long>> untilSecond = new TreeMap<>();
  private int size;

  /**
   * Remembers nothing so far.
   *
   * @param most how many to remember at a time
   */
  public ReplayMemory(int most) {
    this.most = most;
  }

  /**
   * Notes that something arrived.
   *
   * @param what names it; any length
   * @param now milliseconds
   * @param until when it need no longer be remembered, in milliseconds; the same for the same
   */
  public synchronized Seen see(String what, long now, long until) {
    while (!untilSecond.isEmpty() && untilSecond.firstKey() < now / MILLIS) {
      size -= untilSecond.pollFirstEntry().getValue().size();
    }
    long key = key(what);
    long second = until / MILLIS;
    Set<Long> same = untilSecond.get(second);
    if (same != null && same.contains(key)) {
      return Seen.AGAIN;
    }
    if (size >= most) {
      return Seen.FULL;
    }
    untilSecond.computeIfAbsent(second, at -> new HashSet<>()).add(key);
    size++;
    return Seen.NEW;
  }

  /** How many are remembered. */
  synchronized int size() {
    return size;
  }

  private static long key(String what) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
