package io.fedflow.components.binning;

import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a binning learned at one party, and its stored form: FATE 1.11's {@code FeatureBinningMeta}
 * and {@code FeatureBinningParam}. Immutable.
 *
 * @param header all feature columns at training, in order
 * @param anonymousHeader their anonymous names, as many
 * @param bins the binned columns' bins, in header order
 * @param classes statistics, one for two classes, otherwise one for each, the largest label first;
 *     empty where there are none
 */
public record BinningModel(
    List<String> header,
    List<String> anonymousHeader,
    Map<String, Bins> bins,
    List<ClassStatistics> classes) {

  /** The module name that models of this kind carry. */
  public static final String MODULE = "HeteroFeatureBinning";

  static final String META_NAME = "FeatureBinningMeta";
  static final String PARAM_NAME = "FeatureBinningParam";

  private static final MessageSchema TRANSFORM_META =
      MessageSchema.builder("TransformMeta")
          .repeated("transform_cols", 1, Type.INT64)
          .one("transform_type", 2, Type.STRING)
          .build();

  static final MessageSchema META =
      MessageSchema.builder(META_NAME)
          .one("need_run", 1, Type.BOOL)
          .one("compress_thres", 2, Type.INT64)
          .one("head_size", 3, Type.INT64)
          .one("error", 4, Type.DOUBLE)
          .one("bin_num", 5, Type.INT64)
          .repeated("cols", 6, Type.STRING)
          .one("adjustment_factor", 7, Type.DOUBLE)
          .one("local_only", 8, Type.BOOL)
          .one("transform_param", 9, TRANSFORM_META)
          .one("method", 10, Type.STRING)
          .one("skip_static", 11, Type.BOOL)
          .one("optimal_metric_method", 12, Type.STRING)
          .build();

  private static final MessageSchema COLUMN =
      MessageSchema.builder("IVParam")
          .repeated("woe_array", 1, Type.DOUBLE)
          .repeated("iv_array", 2, Type.DOUBLE)
          .repeated("event_count_array", 3, Type.INT64)
          .repeated("non_event_count_array", 4, Type.INT64)
          .repeated("event_rate_array", 5, Type.DOUBLE)
          .repeated("non_event_rate_array", 6, Type.DOUBLE)
          .repeated("split_points", 7, Type.DOUBLE)
          .one("iv", 8, Type.DOUBLE)
          .one("is_woe_monotonic", 9, Type.BOOL)
          .one("bin_nums", 10, Type.INT64)
          .repeated("bin_anonymous", 11, Type.STRING)
          .repeated("optimal_metric_array", 12, Type.DOUBLE)
          .build();

  private static final MessageSchema RESULT =
      MessageSchema.builder("FeatureBinningResult")
          .map("binning_result", 1, COLUMN)
          .one("role", 2, Type.STRING)
          .one("party_id", 3, Type.STRING)
          .build();

  private static final MessageSchema MULTI_CLASS =
      MessageSchema.builder("MultiClassResult")
          .repeated("results", 1, RESULT)
          .repeated("labels", 2, Type.STRING)
          .repeated("host_results", 3, RESULT)
          .repeated("host_party_ids", 4, Type.STRING)
          .one("has_host_result", 5, Type.BOOL)
          .build();

  static final MessageSchema PARAM =
      MessageSchema.builder(PARAM_NAME)
          .one("binning_result", 1, RESULT)
          .repeated("host_results", 2, RESULT)
          .repeated("header", 3, Type.STRING)
          .repeated("header_anonymous", 4, Type.STRING)
          .one("model_name", 5, Type.STRING)
          .one("multi_class_result", 6, MULTI_CLASS)
          .one("transform_binning_result", 7, RESULT)
          .repeated("transform_host_results", 8, RESULT)
          .one("transform_multi_class_result", 9, MULTI_CLASS)
          .build();

  /**
   * The statistics of one host's columns, known to the guest.
   *
   * @param partyId the host
   * @param columns anonymous column name to statistics, in the host's header order
   */
  public record HostStatistics(String partyId, Map<String, BinStatistics> columns) {

    /** Copies the map. */
    public HostStatistics {
      columns = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }
  }

  /**
   * The statistics of one class against all others.
   *
   * @param label the class; empty for the one of two classes
   * @param own statistics of own columns by name
   * @param hosts statistics of the hosts' columns
   */
  public record ClassStatistics(
      String label, Map<String, BinStatistics> own, List<HostStatistics> hosts) {

    /** Copies the collections. */
    public ClassStatistics {
      own = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(own));
      hosts = List.copyOf(hosts);
    }

    /** The statistics of one host's columns by anonymous name; empty if the host is unknown. */
    public Map<String, BinStatistics> ofHost(String partyId) {
      return hosts.stream()
          .filter(host -> host.partyId().equals(partyId))
          .findFirst()
          .map(HostStatistics::columns)
          .orElse(Map.of());
    }
  }

  /** Copies the collections. */
  public BinningModel {
    header = List.copyOf(header);
    anonymousHeader = List.copyOf(anonymousHeader);
    bins = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(bins));
    classes = List.copyOf(classes);
  }

  /** The same bins with other statistics. */
  BinningModel with(List<ClassStatistics> statistics) {
    return new BinningModel(header, anonymousHeader, bins, statistics);
  }

  /** The same columns in other bins. */
  BinningModel withBins(Map<String, Bins> other) {
    return new BinningModel(header, anonymousHeader, other, classes);
  }

  /** Statistics of own columns by name, of the first class; empty where there are none. */
  public Map<String, BinStatistics> own() {
    return classes.isEmpty() ? Map.of() : classes.get(0).own();
  }

  /** At the guest, statistics of the hosts' columns, of the first class. */
  public List<HostStatistics> hosts() {
    return classes.isEmpty() ? List.of() : classes.get(0).hosts();
  }

  /** Tells whether there are statistics of more than two classes. */
  public boolean ofSeveralClasses() {
    return classes.size() > 1;
  }

  /** The labels of several classes; empty if there are two or none. */
  List<String> labels() {
    return ofSeveralClasses() ? classes.stream().map(ClassStatistics::label).toList() : List.of();
  }

  /**
   * Reads a stored model.
   *
   * @throws FedflowException {@code model.incomplete} (INVALID) if the model has no parameters
   */
  public static BinningModel of(ComponentModel stored) {
    ModelMessage param = stored.param();
    Map<String, ModelMessage> columns = param.message("binning_result").map("binning_result");
    Map<String, Bins> bins = new LinkedHashMap<>();
    List<String> header = param.list("header");
    // A map of a stored message keeps no order: the header has it.
    for (String name : header) {
      if (columns.containsKey(name)) {
        List<Double> points = columns.get(name).list("split_points");
        bins.put(name, Bins.of(points.stream().mapToDouble(Double::doubleValue).toArray()));
      }
    }
    return new BinningModel(
        header, param.list("header_anonymous"), bins, StoredStatistics.read(param, columns));
  }

  /**
   * The statistics of one host's columns by anonymous name, of the first class; empty if the host
   * is unknown.
   */
  public Map<String, BinStatistics> ofHost(String partyId) {
    return classes.isEmpty() ? Map.of() : classes.get(0).ofHost(partyId);
  }

  /**
   * The stored parameters.
   *
   * @param role the party's role
   * @param partyId the party's id
   * @param transformed statistics of rows that a stored model was applied to; empty at training
   */
  ModelMessage toParam(String role, String partyId, Optional<BinningModel> transformed) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("binning_result", result(role, partyId, own()));
    values.put("host_results", hostResults(hosts()));
    values.put("header", header);
    values.put("header_anonymous", anonymousHeader);
    values.put("model_name", "binning_model");
    transformed.ifPresent(
        fresh -> {
          values.put("transform_binning_result", fresh.result(role, partyId, fresh.own()));
          values.put("transform_host_results", hostResults(fresh.hosts()));
          if (fresh.ofSeveralClasses()) {
            values.put("transform_multi_class_result", fresh.classResults(role, partyId));
          }
        });
    if (ofSeveralClasses()) {
      values.put("multi_class_result", classResults(role, partyId));
    }
    return new ModelMessage(PARAM, values);
  }

  /** The stored settings of the binning's transformation. */
  static ModelMessage transformMeta(List<Long> positions, String type) {
    return new ModelMessage(
        TRANSFORM_META, Map.of("transform_cols", positions, "transform_type", type));
  }

  /** The results of every class; those of hosts host by host, each class by class. */
  private ModelMessage classResults(String role, String partyId) {
    List<ModelMessage> ofHosts = new ArrayList<>();
    for (int host = 0; host < hosts().size(); host++) {
      for (ClassStatistics one : classes) {
        ofHosts.addAll(hostResults(one.hosts().subList(host, host + 1)));
      }
    }
    return new ModelMessage(
        MULTI_CLASS,
        Map.of(
            "results",
            classes.stream().map(one -> result(role, partyId, one.own())).toList(),
            "labels",
            labels(),
            "host_results",
            ofHosts,
            "host_party_ids",
            hosts().stream().map(HostStatistics::partyId).toList(),
            "has_host_result",
            !hosts().isEmpty()));
  }

  private static List<ModelMessage> hostResults(List<HostStatistics> hosts) {
    List<ModelMessage> results = new ArrayList<>();
    for (HostStatistics host : hosts) {
      Map<String, ModelMessage> columns = new LinkedHashMap<>();
      host.columns().forEach((name, counted) -> columns.put(name, column(null, counted)));
      results.add(message("host", host.partyId(), columns));
    }
    return results;
  }

  private ModelMessage result(String role, String partyId, Map<String, BinStatistics> counted) {
    Map<String, ModelMessage> columns = new LinkedHashMap<>();
    bins.forEach((name, cut) -> columns.put(name, column(cut, counted.get(name))));
    return message(role, partyId, columns);
  }

  private static ModelMessage message(
      String role, String partyId, Map<String, ModelMessage> columns) {
    return new ModelMessage(
        RESULT, Map.of("binning_result", columns, "role", role, "party_id", partyId));
  }

  private static ModelMessage column(Bins cut, BinStatistics counted) {
    Map<String, Object> values = new LinkedHashMap<>();
    int count = counted == null ? cut.count() : counted.woe().size();
    if (counted != null) {
      values.put("woe_array", counted.woe());
      values.put("iv_array", counted.iv());
      values.put("event_count_array", counted.events());
      values.put("non_event_count_array", counted.nonEvents());
      values.put("event_rate_array", counted.eventRates());
      values.put("non_event_rate_array", counted.nonEventRates());
      values.put("iv", counted.total());
      values.put("is_woe_monotonic", counted.monotonic());
      values.put("optimal_metric_array", counted.optimalMetric());
    }
    if (cut != null) {
      List<Double> points = new ArrayList<>();
      for (double point : cut.points()) {
        points.add(point);
      }
      values.put("split_points", points);
    }
    values.put("bin_nums", (long) count);
    List<String> names = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      names.add("bin_" + i);
    }
    values.put("bin_anonymous", names);
    return new ModelMessage(COLUMN, values);
  }
}
