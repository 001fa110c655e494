package io.fedflow.components.pearson;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.AdditiveCipher;
import io.fedflow.components.crypto.AdditiveOwner;
import io.fedflow.components.crypto.CiphertextBatch;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.crypto.EncryptedMatVec;
import io.fedflow.components.crypto.FixedPoint;
import io.fedflow.components.crypto.FixedPointMatrix;
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
    FixedPoint encoding = new FixedPoint(PRECISION, integerBits());
    for (int i = 0; i < own.columns().length; i++) {
      context.tracker().progress((double) i / own.columns().length, "encrypting columns");
      CiphertextBatch column =
          owner.cipher().encrypt(encoding.encode(own.columns()[i]), context.entropy());
      send(MessageTag.of(PearsonMessages.COLUMN, i), Payload.ofCiphertexts(column.encode()));
    }
    double[][] correlations = new double[own.columns().length][];
    double[] flat = new double[own.columns().length * names.size()];
    for (int i = 0; i < correlations.length; i++) {
      CiphertextBatch products =
          receive(MessageTag.of(PearsonMessages.PRODUCTS, i))
              .read(
                  Payload.Format.CIPHERTEXTS, bytes -> owner.cipher().decode(bytes, names.size()));
      correlations[i] = owner.decrypt(products).toDoubles();
      for (int j = 0; j < names.size(); j++) {
        correlations[i][j] = Standardised.clipped(correlations[i][j] / own.rows());
        flat[i * names.size() + j] = correlations[i][j];
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
    FixedPointMatrix matrix =
        FixedPointMatrix.of(own.columns(), PRECISION, PRECISION + integerBits());
    for (int i = 0; i < names.size(); i++) {
      CiphertextBatch column =
          receive(MessageTag.of(PearsonMessages.COLUMN, i))
              .read(Payload.Format.CIPHERTEXTS, bytes -> cipher.decode(bytes, own.rows()));
      CiphertextBatch sums = products.transposeTimes(matrix, column);
      send(
          MessageTag.of(PearsonMessages.PRODUCTS, i),
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

  /** No standardised value of n is larger than the root of n. */
  private int integerBits() {
    return 1 + (64 - Long.numberOfLeadingZeros((long) Math.ceil(Math.sqrt(own.rows()))));
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
