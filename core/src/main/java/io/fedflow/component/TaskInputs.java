package io.fedflow.component;

import io.fedflow.model.ComponentModel;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What upstream tasks hand to a task at one party.
 *
 * @param data data kind ({@code data}, {@code train_data}, {@code validate_data}, {@code
 *     test_data}, {@code eval_data}) to inputs in DSL order; kinds without input are absent
 * @param model the component's own model, in predict jobs and warm starts
 * @param isometric models of other components, in DSL order
 * @param caches what earlier tasks of this party kept for it, in DSL order
 */
public record TaskInputs(
    Map<String, List<DataInput>> data,
    Optional<ComponentModel> model,
    List<ComponentModel> isometric,
    List<TaskCache> caches) {

  /** Copies the collections. */
  public TaskInputs {
    Map<String, List<DataInput>> copy = new LinkedHashMap<>();
    data.forEach((kind, inputs) -> copy.put(kind, List.copyOf(inputs)));
    data = java.util.Collections.unmodifiableMap(copy);
    isometric = List.copyOf(isometric);
    caches = List.copyOf(caches);
  }

  /** Inputs without caches. */
  public TaskInputs(
      Map<String, List<DataInput>> data,
      Optional<ComponentModel> model,
      List<ComponentModel> isometric) {
    this(data, model, isometric, List.of());
  }

  /** No inputs. */
  public static TaskInputs none() {
    return new TaskInputs(Map.of(), Optional.empty(), List.of());
  }

  /** The first table of a kind. */
  public Optional<Table> first(String kind) {
    return data.getOrDefault(kind, List.of()).stream().findFirst().map(DataInput::table);
  }

  /** What the tables hold, all kinds in order. */
  public List<TableSchema> schemas() {
    return data.values().stream()
        .flatMap(List::stream)
        .map(input -> input.table().schema())
        .toList();
  }

  /** The first isometric model that a module made. */
  public Optional<ComponentModel> isometricOf(String module) {
    return isometric.stream().filter(m -> m.module().equals(module)).findFirst();
  }

  /** The first cache that a module made. */
  public Optional<TaskCache> cacheOf(String module) {
    return caches.stream().filter(cache -> cache.module().equals(module)).findFirst();
  }

  /**
   * One incoming table.
   *
   * @param source the upstream component and output, {@code component.output}, or {@code args.key}
   *     in DSL v1
   * @param table the rows
   */
  public record DataInput(String source, Table table) {

    /** The upstream component's name. */
    public String component() {
      int dot = source.indexOf('.');
      return dot < 0 ? source : source.substring(0, dot);
    }
  }
}
