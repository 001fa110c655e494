package io.fedflow.job;

import io.fedflow.component.RowComponent;
import io.fedflow.component.TableAccess;
import io.fedflow.component.TaskCache;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskOutputs;
import io.fedflow.data.DataManager;
import io.fedflow.data.Digests;
import io.fedflow.data.Stages;
import io.fedflow.data.TableEntry;
import io.fedflow.data.TableMaker;
import io.fedflow.dsl.CacheEdge;
import io.fedflow.dsl.DataEdge;
import io.fedflow.dsl.ModelEdge;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.dsl.TableRef;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelManager;
import io.fedflow.party.Party;
import io.fedflow.spi.TrackingStore;
import io.fedflow.table.Table;
import io.fedflow.table.TableSource;
import io.fedflow.tracking.OutputData;
import io.fedflow.tracking.TrackingManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Loads what a part of a task needs and stores what it gives, always at its own party. Blocking;
 * safe for use by many task threads.
 *
 * @param data tables
 * @param models models
 * @param tracking finds upstream attempts
 * @param store records which outputs there are
 * @param checkpoints what attempts leave for the next ones
 * @param caches what tasks keep for later ones
 */
public record TaskArtifacts(
    DataManager data,
    ModelManager models,
    TrackingManager tracking,
    TrackingStore store,
    TaskCheckpoints checkpoints,
    TaskCaches caches) {

  /** Loads all inputs of a part. Upstream outputs that this party did not get are simply absent. */
  TaskInputs load(TaskRunner.Work work, PlannedTask task) {
    Map<String, List<TaskInputs.DataInput>> tables = new LinkedHashMap<>();
    for (DataEdge edge : task.data()) {
      table(work, edge.source())
          .ifPresent(
              table ->
                  tables
                      .computeIfAbsent(edge.kind(), kind -> new ArrayList<>())
                      .add(new TaskInputs.DataInput(edge.source().reference(), table)));
    }
    Optional<ComponentModel> model =
        task.models().stream().map(edge -> model(work, edge)).flatMap(Optional::stream).findFirst();
    List<ComponentModel> isometric =
        task.isometric().stream().map(edge -> model(work, edge)).flatMap(Optional::stream).toList();
    List<TaskCache> kept =
        task.caches().stream().map(edge -> cache(work, edge)).flatMap(Optional::stream).toList();
    return new TaskInputs(tables, model, isometric, kept);
  }

  /** A cache of an upstream task; empty if that task does not run at this party. */
  private Optional<TaskCache> cache(TaskRunner.Work work, CacheEdge edge) {
    Party party = work.party();
    return Stages.join(tracking.latest(work.task().jobId(), edge.component(), party))
        .map(row -> caches.read(row.task(), party).get(edge.name()))
        .or(
            () -> {
              if (work.plan()
                  .task(edge.component())
                  .filter(maker -> maker.runsAt(party))
                  .isEmpty()) {
                return Optional.empty();
              }
              throw FedflowException.invalid(
                  "cache.unknown",
                  edge.component()
                      + " keeps no cache "
                      + edge.name()
                      + " at "
                      + party
                      + ": it was told to make none, or the job was cleaned; run it again");
            });
  }

  /** The tables that a part takes in, not opened yet. */
  List<RowComponent.RowInput> rows(TaskRunner.Work work, PlannedTask task) {
    List<RowComponent.RowInput> rows = new ArrayList<>();
    for (DataEdge edge : task.data()) {
      ref(work, edge.source())
          .ifPresent(
              ref ->
                  rows.add(
                      new RowComponent.RowInput(
                          edge.source().reference(),
                          Stages.join(data.find(ref.namespace(), ref.name()))
                              .map(TableEntry::rowCount)
                              .orElse(0L),
                          () -> data.open(ref.namespace(), ref.name()))));
    }
    return rows;
  }

  private Optional<Table> table(TaskRunner.Work work, DataEdge.Source source) {
    return ref(work, source).map(ref -> data.read(ref.namespace(), ref.name()));
  }

  /** Where a table lies that a part takes in. */
  private Optional<TableRef> ref(TaskRunner.Work work, DataEdge.Source source) {
    if (source instanceof DataEdge.StoredTable stored) {
      Optional<TableRef> ref = Optional.ofNullable(stored.tables().get(work.party()));
      ref.ifPresent(table -> requireEnabled(table.namespace(), table.name()));
      return ref;
    }
    DataEdge.TaskOutput output = (DataEdge.TaskOutput) source;
    return output(work.task().jobId(), output.component(), output.output(), work.party())
        .map(found -> new TableRef(found.namespace(), found.name()));
  }

  /** A table that users stored: no job may take one that they disabled. */
  private void requireEnabled(String namespace, String name) {
    Stages.join(data.find(namespace, name)).ifPresent(TableEntry::requireEnabled);
  }

  private Optional<OutputData> output(
      String jobId, String component, String dataName, Party party) {
    return Stages.join(tracking.latest(jobId, component, party))
        .flatMap(
            row ->
                Stages.join(tracking.outputs(row.task(), party)).stream()
                    .filter(o -> o.dataName().equals(dataName))
                    .findFirst())
        .map(
            found -> {
              if (found.isDropped()) {
                throw FedflowException.invalid(
                    "table.dropped",
                    "output "
                        + component
                        + "."
                        + dataName
                        + " of job "
                        + jobId
                        + " at "
                        + party
                        + " was dropped when the job was cleaned; run the component again");
              }
              return found;
            });
  }

  private Optional<ComponentModel> model(TaskRunner.Work work, ModelEdge edge) {
    Optional<ComponentModel> trained =
        models.load(work.job().modelVersion(), work.party(), edge.component());
    return trained.isPresent()
        ? trained
        : models.load(work.task().jobId(), work.party(), edge.component());
  }

  /** The checkpoints of an attempt, bound to what it computes from. */
  AttemptCheckpoints checkpointsOf(Attempt attempt, PlannedTask task, StoreRetries retries) {
    return new AttemptCheckpoints(
        attempt, checkpoints, models.checkpoints(), () -> origin(attempt.work(), task), retries);
  }

  /**
   * Names the parameters and inputs of a part: what was computed from others is no start for it.
   * Upstream tables are named by the attempt that made them.
   */
  private String origin(TaskRunner.Work work, PlannedTask task) {
    Party party = work.party();
    StringBuilder origin = new StringBuilder(task.module());
    origin.append('\n').append(sorted(task.params().get(party)));
    for (DataEdge edge : task.data()) {
      origin.append('\n').append(edge.kind()).append(' ').append(sourceOf(work, edge.source()));
    }
    Stream.concat(task.models().stream(), task.isometric().stream())
        .forEach(
            edge ->
                origin
                    .append("\nmodel ")
                    .append(attemptOf(work, edge.component()).orElse(edge.reference())));
    task.caches()
        .forEach(
            edge ->
                origin
                    .append("\ncache ")
                    .append(attemptOf(work, edge.component()).orElse(edge.reference())));
    MessageDigest digest = Digests.sha256();
    digest.update(origin.toString().getBytes(StandardCharsets.UTF_8));
    return Digests.hex(digest);
  }

  private String sourceOf(TaskRunner.Work work, DataEdge.Source source) {
    if (source instanceof DataEdge.StoredTable stored) {
      TableRef ref = stored.tables().get(work.party());
      return ref == null
          ? "none"
          : Stages.join(data.find(ref.namespace(), ref.name()))
              .map(TableEntry::digest)
              .orElse("none");
    }
    return source.reference()
        + ' '
        + attemptOf(work, ((DataEdge.TaskOutput) source).component()).orElse("none");
  }

  private Optional<String> attemptOf(TaskRunner.Work work, String component) {
    return Stages.join(tracking.latest(work.task().jobId(), component, work.party()))
        .map(row -> row.task().toString());
  }

  /** The same text for equal trees, whatever the order of their keys. */
  private static String sorted(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      TreeMap<String, String> byKey = new TreeMap<>();
      map.forEach((key, value) -> byKey.put(String.valueOf(key), sorted(value)));
      return byKey.toString();
    }
    if (tree instanceof List<?> list) {
      return list.stream().map(TaskArtifacts::sorted).toList().toString();
    }
    return String.valueOf(tree);
  }

  /** Stores all outputs of a part; they are durable when this returns. */
  void save(TaskRunner.Work work, PlannedTask task, TaskOutputs outputs) {
    List<OutputData> stored = new ArrayList<>();
    for (int i = 0; i < outputs.data().size(); i++) {
      String dataName = dataName(task, i);
      stored.add(output(dataName, data.store(request(work, dataName), outputs.data().get(i))));
    }
    list(work, stored);
    keep(work, task, outputs.caches());
    outputs
        .model()
        .ifPresent(
            model ->
                models.store(
                    work.job().modelId(),
                    work.task().jobId(),
                    work.party(),
                    new ComponentModel(
                        task.component(),
                        // What a ModelLoader hands on stays what it was.
                        model.module(),
                        task.modelOutputs().isEmpty() ? "model" : task.modelOutputs().get(0),
                        model.messages())));
  }

  /** Nobody ran this attempt before: without caches there is nothing to replace. */
  private void keep(TaskRunner.Work work, PlannedTask task, List<TaskCache> made) {
    Map<String, TaskCache> named = new LinkedHashMap<>();
    for (int i = 0; i < made.size(); i++) {
      named.put(
          i < task.cacheOutputs().size()
              ? task.cacheOutputs().get(i)
              : i == 0 ? "cache" : "cache_" + i,
          made.get(i));
    }
    if (!named.isEmpty()) {
      caches.write(work.task(), work.party(), named);
    }
  }

  /**
   * Stores rows as the first output of a part, group by group. It counts as an output once it was
   * {@link #list listed}.
   *
   * @throws IOException if the rows cannot be read; nothing is stored then
   */
  OutputData store(TaskRunner.Work work, PlannedTask task, TableSource rows) throws IOException {
    String dataName = dataName(task, 0);
    return output(dataName, data.store(request(work, dataName), rows));
  }

  /** Tells which outputs a part has. */
  void list(TaskRunner.Work work, List<OutputData> outputs) {
    // Nobody ran this attempt before: there is nothing to replace, and a write costs a sync.
    if (!outputs.isEmpty()) {
      Stages.join(store.putOutputs(work.task(), work.party(), outputs));
    }
  }

  /** Drops what was stored and not listed. */
  void drop(OutputData output) {
    Stages.join(data.delete(output.namespace(), output.name()));
  }

  private static String dataName(PlannedTask task, int output) {
    return output < task.dataOutputs().size()
        ? task.dataOutputs().get(output)
        : Integer.toString(output);
  }

  private static DataManager.StoreRequest request(TaskRunner.Work work, String dataName) {
    return new DataManager.StoreRequest(
        "output_data_" + work.task(),
        // Roles and ids may hold '_' themselves: two parties must not share a name.
        work.party() + ":" + dataName,
        1,
        "output",
        true,
        TableMaker.of(work.task(), work.party()).toTree());
  }

  private static OutputData output(String dataName, TableEntry entry) {
    return new OutputData(dataName, entry.namespace(), entry.name(), entry.rowCount());
  }

  /** Tables by name for a party, from a store that may be down for a while. */
  TableAccess tablesOf(Party party, StoreRetries retries) {
    return new TableAccess() {
      @Override
      public Table read(String namespace, String name) {
        return enabled(namespace, name, data::read);
      }

      @Override
      public Table readOutput(String jobId, String component, String dataName) {
        return made(jobId, component, dataName, data::read);
      }

      @Override
      public TableSource open(String namespace, String name) {
        return enabled(namespace, name, data::open);
      }

      @Override
      public TableSource openOutput(String jobId, String component, String dataName) {
        return made(jobId, component, dataName, data::open);
      }

      private <T> T enabled(String namespace, String name, BiFunction<String, String, T> reading) {
        return retries.call(
            () -> {
              requireEnabled(namespace, name);
              return reading.apply(namespace, name);
            });
      }

      private <T> T made(
          String jobId, String component, String dataName, BiFunction<String, String, T> reading) {
        return retries.call(
            () -> {
              OutputData found = made(jobId, component, dataName);
              return reading.apply(found.namespace(), found.name());
            });
      }

      private OutputData made(String jobId, String component, String dataName) {
        return output(jobId, component, dataName, party)
            .orElseThrow(
                () ->
                    FedflowException.invalid(
                        "table.unknown",
                        "job "
                            + jobId
                            + " has no output "
                            + component
                            + "."
                            + dataName
                            + " at "
                            + party));
      }
    };
  }
}
