package io.fedflow.components.binning;

import io.fedflow.component.TaskContext;
import io.fedflow.components.binning.BinningModel.HostStatistics;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.PackedSums;
import io.fedflow.components.crypto.PaillierKeyPair;
import io.fedflow.components.crypto.PaillierOwner;
import io.fedflow.components.crypto.PaillierPublicKey;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** Statistics of the guest's own columns. */
  static Map<String, BinStatistics> own(
      Table table, LabelCounts labels, Map<String, Bins> bins, double adjustment) {
    Map<String, BinStatistics> statistics = new LinkedHashMap<>();
    bins.forEach(
        (name, cut) -> {
          double[] values = table.numbers(name);
          statistics.put(
              name, labels.statistics(cut.indexesOf(values), cut.countFor(values), adjustment));
        });
    return statistics;
  }

  /**
   * Statistics of every host's columns, in role order.
   *
   * @param labels of the rows in the order agreed on
   */
  List<HostStatistics> ofHosts(LabelCounts labels) throws InterruptedException {
    PaillierOwner owner = newKey();
    PackedSums packing = LabelCounts.packing(owner.publicKey(), labels.event().length);
    CiphertextBatch encrypted =
        owner.cipher().encrypt(packing.packRows(labels.slots()), context.entropy());
    List<Party> hosts = federation.parties(Role.HOST);
    federation.sendAll(hosts, BinningMessages.KEY, Payload.ofBytes(owner.publicKey().encode()));
    federation.sendAll(hosts, BinningMessages.LABELS, Payload.ofCiphertexts(encrypted.encode()));
    List<HostStatistics> statistics = new ArrayList<>();
    for (Party host : hosts) {
      context
          .tracker()
          .progress((double) statistics.size() / hosts.size(), "waiting for the counts of " + host);
      statistics.add(ofHost(host, owner, packing));
    }
    return statistics;
  }

  private PaillierOwner newKey() {
    int bits = context.params().object("encrypt_param").integer("key_length");
    if (bits < PaillierPublicKey.DEFAULT_BITS) {
      context
          .log()
          .warning(
              "encrypt_param.key_length: a Paillier key of "
                  + bits
                  + " bits is weak; use "
                  + PaillierPublicKey.DEFAULT_BITS);
    }
    context.log().info("arithmetic kernel: " + suite.kernelReport());
    return suite.paillier(
        PaillierKeyPair.generate(bits, context.entropy()),
        ComputePool.of(context.compute(), context.parallelism()));
  }

  private HostStatistics ofHost(Party host, PaillierOwner owner, PackedSums packing)
      throws InterruptedException {
    List<String> names = federation.receive(host, BinningMessages.COLUMNS).asTexts();
    long[] counts = federation.receive(host, BinningMessages.COUNTS).asLongs();
    int total = checkedTotal(host, names, counts);
    if (total == 0) {
      return new HostStatistics(host.id(), Map.of());
    }
    CiphertextBatch sums =
        owner
            .cipher()
            .decode(
                federation.receive(host, BinningMessages.HISTOGRAM).as(Payload.Format.CIPHERTEXTS),
                packing.ciphertexts(total));
    long[][] byLabel = packing.unpack(owner.decrypt(sums), total);
    Map<String, BinStatistics> statistics = new LinkedHashMap<>();
    int from = 0;
    for (int i = 0; i < counts.length; i++) {
      int to = from + (int) counts[i];
      statistics.put(
          names.get(i),
          BinStatistics.of(
              Arrays.copyOfRange(byLabel[0], from, to),
              Arrays.copyOfRange(byLabel[1], from, to),
              adjustment));
      from = to;
    }
    return new HostStatistics(host.id(), statistics);
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
