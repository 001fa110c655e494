package io.fedflow.components.boosting;

import io.fedflow.component.TaskContext;
import io.fedflow.components.boosting.TreeGrower.Grown;
import io.fedflow.components.crypto.AdditiveCipher;
import io.fedflow.components.crypto.AdditiveOwner;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.EncryptedHistogram;
import io.fedflow.components.crypto.PlaintextBatch;
import io.fedflow.federation.Federation;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * How important the columns of hosts are. The guest knows what each split gained, a host knows of
 * which column it is: the guest sends the gains of a host's splits encrypted, the host adds them up
 * by column, and returns the sums under anonymous names. Stateless.
 */
final class GainsOfHosts {

  private static final int SCALE = 40;

  /** Far above what gains of a training come to. */
  private static final BigInteger BOUND = BigInteger.ONE.shiftLeft(SCALE + 110);

  private GainsOfHosts() {}

  /**
   * The guest's side, after training.
   *
   * @param owner the guest's key
   * @param trees the trees that are kept
   */
  static List<Importance> ask(TaskContext context, AdditiveOwner owner, List<Grown> trees)
      throws InterruptedException {
    Federation federation = context.federation();
    List<Party> hosts = federation.parties(Role.HOST);
    List<List<Double>> gains = new ArrayList<>();
    for (int host = 0; host < hosts.size(); host++) {
      gains.add(ofHost(trees, host));
      if (!gains.get(host).isEmpty()) {
        CiphertextBatch encrypted =
            owner.cipher().encrypt(plain(gains.get(host)), context.entropy());
        federation.send(
            hosts.get(host), BoostMessages.GAINS, Payload.ofCiphertexts(encrypted.encode()));
      }
    }
    List<Importance> importances = new ArrayList<>();
    for (int host = 0; host < hosts.size(); host++) {
      if (!gains.get(host).isEmpty()) {
        importances.addAll(receive(federation, hosts.get(host), owner, gains.get(host).size()));
      }
    }
    return importances;
  }

  /**
   * A host's side.
   *
   * @param trees the trees that are kept
   * @param anonymous names of its columns
   */
  static void answer(
      TaskContext context, AdditiveCipher cipher, List<Tree> trees, List<String> anonymous)
      throws InterruptedException {
    List<Integer> columns = new ArrayList<>();
    for (Tree tree : trees) {
      for (TreeNode node : tree.nodes()) {
        if (node.split() != null) {
          columns.add(node.split().column());
        }
      }
    }
    if (columns.isEmpty()) {
      return;
    }
    TreeMap<Integer, Integer> counts = new TreeMap<>();
    columns.forEach(column -> counts.merge(column, 1, Integer::sum));
    List<Integer> used = List.copyOf(counts.keySet());
    int[] bins = columns.stream().mapToInt(used::indexOf).toArray();
    Federation federation = context.federation();
    Party guest = federation.parties(Role.GUEST).get(0);
    CiphertextBatch gains =
        federation
            .receive(guest, BoostMessages.GAINS)
            .read(Payload.Format.CIPHERTEXTS, bytes -> cipher.decode(bytes, bins.length));
    CiphertextBatch sums =
        new EncryptedHistogram(cipher).sums(new int[][] {bins}, new int[] {used.size()}, gains);
    federation.send(
        guest, BoostMessages.COLUMNS, Payload.ofTexts(used.stream().map(anonymous::get).toList()));
    federation.send(
        guest,
        BoostMessages.SPLITS,
        Payload.ofLongs(used.stream().mapToLong(counts::get).toArray()));
    federation.send(
        guest,
        BoostMessages.COLUMN_GAINS,
        Payload.ofCiphertexts(cipher.rerandomise(sums, context.entropy()).encode()));
  }

  private static List<Double> ofHost(List<Grown> trees, int host) {
    List<Double> gains = new ArrayList<>();
    for (Grown grown : trees) {
      for (TreeNode node : grown.tree().nodes()) {
        if (!node.leaf() && grown.owners().get(node.id()) == host) {
          gains.add(grown.gains().get(node.id()));
        }
      }
    }
    return gains;
  }

  private static PlaintextBatch plain(List<Double> gains) {
    BigDecimal unit = new BigDecimal(BigInteger.ONE.shiftLeft(SCALE));
    return PlaintextBatch.of(
        gains.stream()
            .map(gain -> new BigDecimal(gain).multiply(unit).toBigInteger().min(BOUND))
            .toArray(BigInteger[]::new),
        SCALE,
        BOUND);
  }

  private static List<Importance> receive(
      Federation federation, Party host, AdditiveOwner owner, int splits)
      throws InterruptedException {
    List<String> names = federation.receive(host, BoostMessages.COLUMNS).asTexts();
    long[] counts = federation.receive(host, BoostMessages.SPLITS).asLongs();
    if (names.isEmpty()
        || names.size() != counts.length
        || java.util.Arrays.stream(counts).sum() != splits) {
      throw BoostMessages.malformed(
          host, names.size() + " columns with " + counts.length + " counts of splits");
    }
    double[] gains =
        owner
            .decrypt(
                federation
                    .receive(host, BoostMessages.COLUMN_GAINS)
                    .read(
                        Payload.Format.CIPHERTEXTS,
                        bytes -> owner.cipher().decode(bytes, names.size())))
            .toDoubles();
    List<Importance> importances = new ArrayList<>();
    for (int i = 0; i < gains.length; i++) {
      importances.add(
          new Importance(host.toString(), Importance.HOSTS, names.get(i), counts[i], gains[i]));
    }
    return importances;
  }
}
