package io.fedflow.components.lr;

import io.fedflow.component.TaskContext;
import io.fedflow.components.columns.RefusedColumn;
import io.fedflow.components.crypto.AdditivePublicKey;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.linear.FeatureCheck;
import io.fedflow.components.task.ActionPlan;
import io.fedflow.components.task.EncryptionKeys;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import java.util.Arrays;

/** What guest and hosts read and check alike. Stateless. */
final class LrInputs {

  private LrInputs() {}

  /**
   * Refuses inputs that a model of rows and columns cannot use.
   *
   * @throws FedflowException {@code inputs.missing} or {@code inputs.mixed} (INVALID)
   */
  static void requireTable(ActionPlan inputs, Family family) {
    inputs.requireTrainOrTest(family.module());
  }

  /** Receives the public key and encodes the features. */
  static EncryptedRows encryptedRows(
      TaskContext context, CryptoSuite suite, Party arbiter, double[][] features)
      throws InterruptedException {
    AdditivePublicKey key = EncryptionKeys.receive(context, suite, arbiter, LrMessages.KEY);
    return new EncryptedRows(
        suite.cipher(key, ComputePool.of(context.compute(), context.parallelism())),
        features,
        LrSettings.precision(context.params()),
        context.entropy());
  }

  /**
   * The labels of a table as -1 and +1.
   *
   * @throws FedflowException {@code label.missing} or {@code label.classes} (INVALID)
   */
  static double[] signs(Table table) {
    double[] labels = requireLabels(table);
    double[] signs = new double[labels.length];
    for (int i = 0; i < signs.length; i++) {
      if (labels[i] != 0 && labels[i] != 1) {
        double[] found = Arrays.stream(labels).distinct().sorted().limit(5).toArray();
        throw RefusedColumn.label(
            "label.classes",
            table,
            "found the "
                + Arrays.stream(labels).distinct().count()
                + " values "
                + Arrays.toString(found)
                + (found.length == 5 ? " and so on" : "")
                + ", allowed are 0 and 1, or more than two classes");
      }
      signs[i] = labels[i] == 1 ? 1 : -1;
    }
    return signs;
  }

  /**
   * The labels of a table as numbers.
   *
   * @param least the smallest that is allowed
   * @throws FedflowException {@code label.missing} or {@code label.range} (INVALID)
   */
  static double[] values(Table table, double least) {
    double[] labels = requireLabels(table);
    for (double label : labels) {
      if (!(Math.abs(label) <= FeatureCheck.LARGEST) || label < least) {
        throw RefusedColumn.label(
            "label.range",
            table,
            "found a missing value, or one beyond "
                + (least == 0 ? "0" : "-1e8")
                + "..1e8, allowed are numbers between");
      }
    }
    return labels;
  }

  private static double[] requireLabels(Table table) {
    double[] labels = table.label();
    if (labels == null) {
      throw FedflowException.invalid(
          "label.missing", "training needs labels, but the guest's table has none");
    }
    return labels;
  }

  /**
   * Sample weights scaled to mean 1, or null without any.
   *
   * @throws FedflowException {@code weights.range} (INVALID) if one is negative or missing, or all
   *     are 0
   */
  static double[] sampleWeights(Table table) {
    double[] weights = table.weight();
    if (weights == null) {
      return null;
    }
    double sum = Arrays.stream(weights).sum();
    if (!(sum > 0) || Arrays.stream(weights).anyMatch(w -> !(w >= 0) || Double.isInfinite(w))) {
      throw RefusedColumn.weight(
          "weights.range",
          table,
          "found a negative, missing or infinite value or only zeros, allowed are numbers"
              + " >= 0 that are not all 0");
    }
    return Arrays.stream(weights).map(w -> w * weights.length / sum).toArray();
  }

  /** Positions 0 to {@code count - 1}. */
  static int[] allRows(int count) {
    int[] rows = new int[count];
    Arrays.setAll(rows, i -> i);
    return rows;
  }

  /**
   * Checks how many numbers a peer sent.
   *
   * @throws FedflowException {@code lr.message} (PEER)
   */
  static void requireLength(Party from, double[] values, int expected) {
    if (values.length != expected) {
      throw FedflowException.peer(
          "lr.message", from + " sent " + values.length + " numbers, expected " + expected);
    }
  }
}
