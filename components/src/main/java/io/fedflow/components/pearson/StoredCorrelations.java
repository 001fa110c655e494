package io.fedflow.components.pearson;

import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What other components read of a stored model of {@link HeteroPearson}. Immutable.
 *
 * @param local correlations of own columns
 * @param inflation column to variance inflation factor, NaN for a constant one; empty if they were
 *     not measured
 * @param cross correlations of guest and host; empty if they were not measured
 */
public record StoredCorrelations(
    Matrix local, Map<String, Double> inflation, Optional<Cross> cross) {

  /** Copies the map. */
  public StoredCorrelations {
    inflation = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(inflation));
  }

  /**
   * Correlations of columns with columns. Immutable by convention.
   *
   * @param rows column to position
   * @param columns the same of those they were compared with
   * @param values row by row; NaN for constant columns
   */
  public record Matrix(
      Map<String, Integer> rows, Map<String, Integer> columns, List<Double> values) {

    static Matrix of(List<String> rows, List<String> columns, List<Double> values) {
      return new Matrix(positions(rows), positions(columns), values);
    }

    /** The correlation of two columns; 0 where one of them is constant or was not measured. */
    public double of(String row, String column) {
      Integer i = rows.get(row);
      Integer j = columns.get(column);
      double value = i == null || j == null ? 0 : values.get(i * columns.size() + j);
      return Double.isNaN(value) ? 0 : value;
    }

    private static Map<String, Integer> positions(List<String> names) {
      Map<String, Integer> positions = new LinkedHashMap<>();
      names.forEach(name -> positions.put(name, positions.size()));
      return positions;
    }
  }

  /**
   * Correlations between guest and one host, as one of them has them.
   *
   * @param hostId the host
   * @param matrix rows are the guest's columns, columns the host's; own ones by name, the other's
   *     by anonymous name
   */
  public record Cross(String hostId, Matrix matrix) {}

  /**
   * Reads a stored model.
   *
   * @throws FedflowException {@code pearson.model} (INVALID) if its parts do not fit together
   */
  public static StoredCorrelations of(ComponentModel stored) {
    ModelMessage param = stored.param();
    List<String> names = param.list("names");
    List<Double> factors = param.list("local_vif");
    Matrix local = matrix(stored, "local_corr", names, names, param.list("local_corr"));
    Map<String, Double> inflation = new LinkedHashMap<>();
    if (!factors.isEmpty()) {
      requireSize(stored, "local_vif", factors.size(), names.size());
      for (int i = 0; i < factors.size(); i++) {
        inflation.put(names.get(i), factors.get(i));
      }
    }
    return new StoredCorrelations(local, inflation, cross(stored, param));
  }

  private static Optional<Cross> cross(ComponentModel stored, ModelMessage param) {
    List<Double> values = param.list("corr");
    if (values.isEmpty()) {
      return Optional.empty();
    }
    List<ModelMessage> all = param.list("all_names");
    List<String> parties = param.list("parties");
    requireSize(stored, "all_names", all.size(), 2);
    requireSize(stored, "parties", parties.size(), 2);
    // A party is written as (host,10000).
    String party = parties.get(1);
    String id = party.substring(party.indexOf(',') + 1).replace(")", "").strip();
    return Optional.of(
        new Cross(
            id,
            matrix(stored, "corr", all.get(0).list("names"), all.get(1).list("names"), values)));
  }

  private static Matrix matrix(
      ComponentModel stored,
      String field,
      List<String> rows,
      List<String> columns,
      List<Double> values) {
    Matrix matrix = Matrix.of(rows, columns, values);
    requireSize(
        stored, field, values.size(), (long) matrix.rows().size() * matrix.columns().size());
    return matrix;
  }

  private static void requireSize(ComponentModel stored, String field, long found, long allowed) {
    if (found != allowed) {
      throw FedflowException.invalid(
          "pearson.model",
          "model of "
              + stored.component()
              + ": found "
              + found
              + " values of "
              + field
              + ", allowed are "
              + allowed);
    }
  }
}
