package io.fedflow.components.boosting;

import io.fedflow.model.ModelMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How important one column is. Immutable.
 *
 * @param site the party that has it, {@code host:10000}
 * @param column its position at the guest; -1 for a column of a host
 * @param name its name at the guest, its anonymous name for a column of a host
 * @param splits how many nodes it splits
 * @param gain what its splits gained in all
 */
record Importance(String site, int column, String name, long splits, double gain) {

  /** The position of a host's column, which the guest does not know. */
  static final int HOSTS = -1;

  /** The more important the earlier; the parameter says by what. */
  static Comparator<Importance> falling(String type) {
    return Comparator.comparingDouble((Importance one) -> one.main(type)).reversed();
  }

  double main(String type) {
    return type.equals(BoostParameters.GAIN) ? gain : splits;
  }

  ModelMessage toMessage(String type) {
    boolean byGain = type.equals(BoostParameters.GAIN);
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("sitename", site);
    if (column >= 0) {
      values.put("fid", column);
    }
    values.put("importance", main(type));
    values.put("fullname", name);
    values.put("importance2", byGain ? (double) splits : gain);
    values.put("main", type);
    return new ModelMessage(BoostSchema.IMPORTANCE, values);
  }

  /** Reads the stored form. */
  static Importance of(ModelMessage stored) {
    boolean byGain = stored.text("main").equals(BoostParameters.GAIN);
    double main = stored.number("importance");
    double other = stored.number("importance2");
    return new Importance(
        stored.text("sitename"),
        stored.values().containsKey("fid") || stored.text("sitename").startsWith("guest")
            ? (int) stored.number("fid")
            : HOSTS,
        stored.text("fullname"),
        (long) (byGain ? other : main),
        byGain ? main : other);
  }

  /** Both lists, with the sums of columns that are in both; in order of appearance. */
  static List<Importance> sum(List<Importance> one, List<Importance> other) {
    Map<List<String>, Importance> sums = new LinkedHashMap<>();
    Stream.concat(one.stream(), other.stream())
        .forEach(each -> sums.merge(List.of(each.site, each.name), each, Importance::plus));
    return List.copyOf(sums.values());
  }

  static Importance plus(Importance a, Importance b) {
    return new Importance(a.site, a.column, a.name, a.splits + b.splits, a.gain + b.gain);
  }

  /** Name to importance, the most important first. */
  static Map<String, Object> summary(List<Importance> all, String type) {
    Map<String, Object> summary = new LinkedHashMap<>();
    sorted(all, type)
        .forEach(
            one ->
                summary.put(
                    one.name(),
                    type.equals(BoostParameters.GAIN)
                        ? (Object) one.gain()
                        : (Object) one.splits()));
    return summary;
  }

  /** The most important first; equal ones stay in order. */
  static List<Importance> sorted(List<Importance> all, String type) {
    List<Importance> sorted = new ArrayList<>(all);
    sorted.sort(falling(type));
    return sorted;
  }
}
