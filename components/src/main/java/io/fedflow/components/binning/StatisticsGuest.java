package io.fedflow.components.binning;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.AdditiveOwner;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.PackedSums;
import io.fedflow.components.task.EncryptionKeys;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The guest's side of the statistics: encrypts labels, decrypts counts. */
final class StatisticsGuest {

  private final TaskContext context;
  private final CryptoSuite suite;
  private final Federation federation;
  private final double adjustment;

  StatisticsGuest(TaskContext context, CryptoSuite suite) {
    this.context = context;
    this.suite = suite;
    this.federation = context.federation();
    this.adjustment = context.params().number("adjustment_factor");
  }

  /**
   * Adds every host's columns, in role order, and tells each which of its first bins are merged.
   *
   * @param labels of the rows in the order agreed on
   */
  void addHosts(LabelCounts labels, ClassCounts counts) throws InterruptedException {
    AdditiveOwner owner = EncryptionKeys.generate(context, suite);
    PackedSums packing =
        LabelCounts.packing(owner.publicKey(), labels.labels().size(), labels.rows());
    CiphertextBatch encrypted =
        owner.cipher().encrypt(packing.packRows(labels.slots()), context.entropy());
    List<Party> hosts = federation.parties(Role.HOST);
    federation.sendAll(hosts, BinningMessages.KEY, Payload.ofBytes(owner.publicKey().encode()));
    federation.sendAll(hosts, BinningMessages.LABELS, Payload.ofCiphertexts(encrypted.encode()));
    int answered = 0;
    for (Party host : hosts) {
      context
          .tracker()
          .progress((double) answered++ / hosts.size(), "waiting for the counts of " + host);
      HostColumns columns = receive(host, owner, packing);
      HostOptimal optimal = HostOptimal.receive(federation, host, columns.names().size(), labels);
      ClassCounts.HostCounts counted = counts.addHost(host.id());
      List<OptimalBins> merged = new ArrayList<>();
      for (int i = 0; i < columns.names().size(); i++) {
        long[][] ofColumn = columns.counts().get(i);
        if (optimal.merges(i)) {
          OptimalBins bins = OptimalBins.of(optimal.settings(), ofColumn, adjustment);
          merged.add(bins);
          counted.add(columns.names().get(i), bins.sums(ofColumn), bins.metric());
        } else {
          counted.add(columns.names().get(i), ofColumn, List.of());
        }
      }
      counted.end();
      if (!merged.isEmpty()) {
        federation.send(host, BinningMessages.MERGED, HostOptimal.answer(merged));
      }
    }
  }

  /**
   * What a host sent.
   *
   * @param names anonymous names of its columns
   * @param counts per column, shape [classes][bins]
   */
  private record HostColumns(List<String> names, List<long[][]> counts) {}

  private HostColumns receive(Party host, AdditiveOwner owner, PackedSums packing)
      throws InterruptedException {
    List<String> names = federation.receive(host, BinningMessages.COLUMNS).asTexts();
    long[] counts = federation.receive(host, BinningMessages.COUNTS).asLongs();
    int total = checkedTotal(host, names, counts);
    if (total == 0) {
      return new HostColumns(List.of(), List.of());
    }
    CiphertextBatch sums =
        federation
            .receive(host, BinningMessages.HISTOGRAM)
            .read(
                Payload.Format.CIPHERTEXTS,
                bytes -> owner.cipher().decode(bytes, packing.ciphertexts(total)));
    long[][] byLabel = packing.unpack(owner.decrypt(sums), total);
    List<long[][]> byColumn = new ArrayList<>();
    int from = 0;
    for (long count : counts) {
      int to = from + (int) count;
      long[][] ofColumn = new long[byLabel.length][];
      for (int label = 0; label < byLabel.length; label++) {
        ofColumn[label] = Arrays.copyOfRange(byLabel[label], from, to);
      }
      byColumn.add(ofColumn);
      from = to;
    }
    return new HostColumns(names, byColumn);
  }

  private static int checkedTotal(Party host, List<String> names, long[] counts) {
    long total = 0;
    for (long count : counts) {
      if (count < 1 || count > Integer.MAX_VALUE) {
        throw malformed(host, "a column of " + count + " bins");
      }
      total += count;
    }
    if (names.size() != counts.length || total > Integer.MAX_VALUE / 2) {
      throw malformed(host, names.size() + " columns with " + total + " bins in all");
    }
    return (int) total;
  }

  private static FedflowException malformed(Party host, String found) {
    return FedflowException.peer("binning.message", "bins of " + host + ": found " + found);
  }
}
