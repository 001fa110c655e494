package io.fedflow.benchmarks.crypto;

import io.fedflow.components.crypto.aggregation.MaskedParts;
import io.fedflow.components.crypto.aggregation.MaskedSum;
import io.fedflow.components.crypto.aggregation.PairKey;
import io.fedflow.components.crypto.aggregation.PairMask;
import io.fedflow.components.crypto.aggregation.SumScale;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * How many bytes of masks a core makes and adds in a second, beside nothing but the AES that they
 * are made of; and what one party's part of a sum and the opening of the sum take.
 *
 * <p>Arguments: values of a vector, 1,000,000 if none are given, and other parties, 10.
 */
public final class AggregationBenchmark {

  private static final int ROUNDS = 15;
  private static final int PIECE = 8192;

  private AggregationBenchmark() {}

  /** Prints four rates. */
  public static void main(String[] arguments) {
    int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int peers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    SecureRandom secrets = new SecureRandom();
    double[] values = new Random(1).doubles(count, -1, 1).toArray();
    long[] words = new long[count];
    double bytes = 8.0 * count;

    Masks one = Masks.between(1, secrets);
    Masks all = Masks.between(peers, secrets);
    SumScale scale = SumScale.of(peers + 1, 1);
    System.out.printf(
        Locale.ROOT, "%,d values of 8 bytes, %d other parties, GB a core-second%n", count, peers);
    print("AES-256 in counter mode alone", bytes, () -> stream(count));
    print("masks", bytes, () -> one.masks().get(0).apply(words, one.next()));
    long[] last = new long[1];
    byte[][] part = new byte[1][];
    print(
        "masks of a part, with encoding",
        bytes * peers,
        () -> {
          last[0] = all.next();
          part[0] = MaskedParts.of(values, scale, all.masks(), last[0]);
        });
    print(
        "one part into the sum",
        bytes,
        () -> new MaskedSum(scale, count, last[0]).add("one", part[0]));
  }

  /** Masks, and the rounds that they were used for. */
  private record Masks(List<PairMask> masks, long[] round) {

    static Masks between(int peers, SecureRandom secrets) {
      PairKey own = PairKey.generate(secrets);
      return new Masks(
          IntStream.range(0, peers)
              .mapToObj(i -> own.with(PairKey.generate(secrets).publicBytes(), new byte[0]))
              .toList(),
          new long[1]);
    }

    long next() {
      return round[0]++;
    }
  }

  private static void stream(int count) {
    try {
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(new byte[32], "AES"),
          new IvParameterSpec(new byte[16]));
      byte[] zeros = new byte[PIECE];
      byte[] out = new byte[PIECE];
      for (long left = 8L * count; left > 0; left -= PIECE) {
        cipher.update(zeros, 0, PIECE, out, 0);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void print(String what, double bytes, Runnable work) {
    double best = 0;
    for (int i = 0; i < ROUNDS; i++) {
      best = Math.max(best, CpuClock.rate(1, work));
    }
    System.out.printf(Locale.ROOT, "%-32s %6.2f%n", what, best * bytes / 1e9);
  }
}
