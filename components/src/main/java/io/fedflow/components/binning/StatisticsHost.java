package io.fedflow.components.binning;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.AdditiveCipher;
import io.fedflow.components.crypto.AdditivePublicKey;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.EncryptedHistogram;
import io.fedflow.components.crypto.PackedSums;
import io.fedflow.components.task.EncryptionKeys;
import io.fedflow.federation.Federation;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The host's side of the statistics: sums encrypted labels by column and bin. */
final class StatisticsHost {

  private final TaskContext context;
  private final CryptoSuite suite;
  private final Federation federation;
  private final Party guest;

  StatisticsHost(TaskContext context, CryptoSuite suite, Party guest) {
    this.context = context;
    this.suite = suite;
    this.federation = context.federation();
    this.guest = guest;
  }

  /**
   * Answers the guest.
   *
   * @param table rows in the order agreed on
   * @param bins the columns to report; empty to take no part
   * @param anonymous column name to anonymous name
   * @param classes how many the guest's labels have
   * @param unfinished which of the columns have first bins that the guest is to merge
   * @param settings how it is to merge them
   * @return the merged bins of {@code unfinished}
   */
  Map<String, Bins> answer(
      Table table,
      Map<String, Bins> bins,
      Map<String, String> anonymous,
      int classes,
      List<String> unfinished,
      OptimalSettings settings)
      throws InterruptedException {
    List<String> names = new ArrayList<>();
    int[][] indexes = new int[bins.size()][];
    int[] counts = new int[bins.size()];
    for (Map.Entry<String, Bins> column : bins.entrySet()) {
      double[] values = table.numbers(column.getKey());
      indexes[names.size()] = column.getValue().indexesOf(values);
      counts[names.size()] = column.getValue().countFor(values);
      names.add(anonymous.get(column.getKey()));
    }
    federation.send(guest, BinningMessages.COLUMNS, Payload.ofTexts(names));
    federation.send(guest, BinningMessages.COUNTS, Payload.ofLongs(wide(counts)));
    AdditivePublicKey key = EncryptionKeys.receive(context, suite, guest, BinningMessages.KEY);
    Payload encrypted = federation.receive(guest, BinningMessages.LABELS);
    if (!names.isEmpty()) {
      sum(key, encrypted, indexes, counts, LabelCounts.packing(key, classes, table.rowCount()));
    }
    List<String> order = List.copyOf(bins.keySet());
    List<String> asked = order.stream().filter(unfinished::contains).toList();
    HostOptimal.send(federation, guest, settings, order.stream().map(asked::contains).toList());
    return asked.isEmpty() ? Map.of() : HostOptimal.receiveMerged(federation, guest, asked, bins);
  }

  private void sum(
      AdditivePublicKey key, Payload encrypted, int[][] indexes, int[] counts, PackedSums packing)
      throws InterruptedException {
    AdditiveCipher cipher =
        suite.cipher(key, ComputePool.of(context.compute(), context.parallelism()));
    CiphertextBatch labels =
        encrypted.read(
            Payload.Format.CIPHERTEXTS, bytes -> cipher.decode(bytes, indexes[0].length));
    CiphertextBatch sums = new EncryptedHistogram(cipher).sums(indexes, counts, labels);
    CiphertextBatch packed = packing.join(cipher, sums);
    // The guest knows the randomness of every row: without fresh randomness it could test which
    // rows a sum is made of.
    federation.send(
        guest,
        BinningMessages.HISTOGRAM,
        Payload.ofCiphertexts(cipher.rerandomise(packed, context.entropy()).encode()));
  }

  private static long[] wide(int[] counts) {
    long[] wide = new long[counts.length];
    for (int i = 0; i < counts.length; i++) {
      wide[i] = counts[i];
    }
    return wide;
  }
}
