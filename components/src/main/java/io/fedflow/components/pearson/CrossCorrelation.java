package io.fedflow.components.pearson;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.AdditiveCipher;
import io.fedflow.components.crypto.AdditiveOwner;
import io.fedflow.components.crypto.AdditivePublicKey;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.EncryptedMatVec;
import io.fedflow.components.crypto.FixedPointMatrix;
import io.fedflow.components.crypto.PackedProducts;
import io.fedflow.components.crypto.PaillierKeyPair;
import io.fedflow.components.crypto.PaillierPublicKey;
import io.fedflow.components.task.ReceivedKeys;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.MessageTag;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.Arrays;
import java.util.List;

/** The correlations of a guest's columns with a host's, which both learn. */
final class CrossCorrelation {

  /** Bits behind the point of standardised values: errors far below 1e-6. */
  private static final int PRECISION = 30;

  private static final int MOST_COLUMNS = 100_000;

  private static final String KEY_LENGTH = "fixpoint_bit_length";

  private final TaskContext context;
  private final CryptoSuite suite;
  private final Standardised own;
  private final Party partner;

  /**
   * Between this party and another.
   *
   * @param own columns over the rows that both share, in the shared order
   */
  CrossCorrelation(TaskContext context, CryptoSuite suite, Standardised own, Party partner) {
    this.context = context;
    this.suite = suite;
    this.own = own;
    this.partner = partner;
  }

  /**
   * What both know in the end.
   *
   * @param partnerNames anonymous names of the partner's columns
   * @param correlations shape [guest columns][host columns]
   */
  record Result(List<String> partnerNames, double[][] correlations) {}

  /** The guest's part. */
  Result guest(List<String> anonymous) throws InterruptedException {
    List<String> names = exchange(anonymous);
    requireShape(receive(MessageTag.of(PearsonMessages.SHAPE)).asLongs(), names.size());
    context.log().info("arithmetic kernel: " + suite.kernelReport());
    AdditiveOwner owner =
        suite.owner(PaillierKeyPair.generate(keyBits(), context.entropy()), pool());
    send(PearsonMessages.KEY, Payload.ofBytes(owner.publicKey().encode()));
    PackedProducts packing = packing(owner.publicKey());
    FixedPointMatrix columns = packing.encode(own.columns());
    int parts = packing.parts(columns.columns());
    for (int part = 0; part < parts; part++) {
      context.tracker().progress((double) part / parts, "encrypting columns");
      CiphertextBatch rows = owner.cipher().encrypt(packing.pack(columns, part), context.entropy());
      send(
          MessageTag.of(PearsonMessages.PACKED_COLUMNS, part),
          Payload.ofCiphertexts(rows.encode()));
    }
    double[][] correlations = new double[columns.columns()][];
    double[] flat = new double[correlations.length * names.size()];
    for (int part = 0; part < parts; part++) {
      int carried = packing.columnsOf(part, correlations.length);
      double[][] sums =
          receive(MessageTag.of(PearsonMessages.PACKED_PRODUCTS, part))
              .read(
                  Payload.Format.CIPHERTEXTS,
                  bytes -> opened(owner, packing, bytes, names.size(), carried));
      for (int i = 0; i < carried; i++) {
        int column = part * packing.columnsAtOnce() + i;
        correlations[column] = sums[i];
        for (int j = 0; j < names.size(); j++) {
          sums[i][j] = Standardised.clipped(sums[i][j] / own.rows());
          flat[column * names.size() + j] = sums[i][j];
        }
      }
    }
    send(MessageTag.of(PearsonMessages.RESULT), Payload.ofDoubles(flat));
    return new Result(names, correlations);
  }

  /** The host's part. */
  Result host(List<String> anonymous) throws InterruptedException {
    List<String> names = exchange(anonymous);
    // A guest whose names were damaged on the way would wait for products that nobody makes.
    send(PearsonMessages.SHAPE, Payload.ofLongs(names.size(), own.columns().length));
    PaillierPublicKey key =
        ReceivedKeys.additive(
            receive(MessageTag.of(PearsonMessages.KEY)),
            PaillierPublicKey::decode,
            keyBits(),
            KEY_LENGTH);
    context.log().info("arithmetic kernel: " + suite.kernelReport());
    AdditiveCipher cipher = suite.cipher(key, pool());
    EncryptedMatVec products = new EncryptedMatVec(cipher);
    PackedProducts packing = packing(key);
    FixedPointMatrix matrix = packing.encode(own.columns());
    int parts = packing.parts(names.size());
    for (int part = 0; part < parts; part++) {
      CiphertextBatch rows =
          receive(MessageTag.of(PearsonMessages.PACKED_COLUMNS, part))
              .read(
                  Payload.Format.CIPHERTEXTS,
                  bytes -> packing.requireRows(cipher.decode(bytes, own.rows())));
      context.tracker().progress((double) part / parts, "multiplying columns");
      CiphertextBatch sums = products.transposeTimes(matrix, rows);
      send(
          MessageTag.of(PearsonMessages.PACKED_PRODUCTS, part),
          Payload.ofCiphertexts(cipher.rerandomise(sums, context.entropy()).encode()));
    }
    double[] flat = receive(MessageTag.of(PearsonMessages.RESULT)).asDoubles();
    int width = own.columns().length;
    if (flat.length != names.size() * width) {
      throw FedflowException.peer(
          "pearson.shape",
          partner
              + ": found "
              + flat.length
              + " correlations, allowed are "
              + names.size()
              + " times "
              + width);
    }
    double[][] correlations = new double[names.size()][width];
    for (int i = 0; i < flat.length; i++) {
      if (!(Math.abs(flat[i]) <= 1)) {
        throw FedflowException.peer(
            "pearson.range", partner + ": found a correlation outside -1..1");
      }
      correlations[i / width][i % width] = flat[i];
    }
    return new Result(names, correlations);
  }

  /** Inner products of the columns of a part with the host's, shape [columns][host columns]. */
  private static double[][] opened(
      AdditiveOwner owner, PackedProducts packing, byte[] message, int hostColumns, int columns) {
    CiphertextBatch products = owner.cipher().decode(message, hostColumns);
    try {
      return packing.unpack(owner.decrypt(products), columns);
    } catch (CryptoException refused) {
      if (refused.reason() != CryptoException.Reason.OVERFLOW) {
        throw refused;
      }
      // The host's doing, since no products of standardised columns are as large.
      throw FedflowException.peer(
          "pearson.range", "found a correlation outside -1..1: " + refused.getMessage());
    }
  }

  private PackedProducts packing(AdditivePublicKey key) {
    return new PackedProducts(key, own.rows(), PRECISION);
  }

  private List<String> exchange(List<String> anonymous) throws InterruptedException {
    send(PearsonMessages.NAMES, Payload.ofTexts(anonymous));
    List<String> names = receive(MessageTag.of(PearsonMessages.NAMES)).asTexts();
    if (names.isEmpty() || names.size() > MOST_COLUMNS) {
      throw FedflowException.peer(
          "pearson.shape",
          partner + ": found " + names.size() + " columns, allowed are 1.." + MOST_COLUMNS);
    }
    return names;
  }

  private void requireShape(long[] told, int hostColumns) {
    if (told.length != 2 || told[0] != own.columns().length || told[1] != hostColumns) {
      throw FedflowException.peer(
          "pearson.shape",
          partner
              + ": found "
              + Arrays.toString(told)
              + " columns of "
              + context.self()
              + " and of its own, allowed are ["
              + own.columns().length
              + ", "
              + hostColumns
              + "], as both named them");
    }
  }

  private int keyBits() {
    return context.params().integer(KEY_LENGTH);
  }

  private ComputePool pool() {
    return ComputePool.of(context.compute(), context.parallelism());
  }

  private void send(String name, Payload payload) throws InterruptedException {
    send(MessageTag.of(name), payload);
  }

  private void send(MessageTag tag, Payload payload) throws InterruptedException {
    context.federation().send(partner, tag, payload);
  }

  private Payload receive(MessageTag tag) throws InterruptedException {
    return context.federation().receive(partner, tag);
  }
}
