package io.fedflow.job;

import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.TableAccess;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskOutputs;
import io.fedflow.data.DataManager;
import io.fedflow.data.Digests;
import io.fedflow.data.Stages;
import io.fedflow.data.TableEntry;
import io.fedflow.data.TableMaker;
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
import io.fedflow.tracking.OutputData;
import io.fedflow.tracking.TrackingManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 */
public record TaskArtifacts(
    DataManager data,
    ModelManager models,
    TrackingManager tracking,
    TrackingStore store,
    TaskCheckpoints checkpoints) {

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
    return new TaskInputs(tables, model, isometric);
  }

  private Optional<Table> table(TaskRunner.Work work, DataEdge.Source source) {
    if (source instanceof DataEdge.StoredTable stored) {
      TableRef ref = stored.tables().get(work.party());
      return ref == null ? Optional.empty() : Optional.of(stored(ref.namespace(), ref.name()));
    }
    DataEdge.TaskOutput output = (DataEdge.TaskOutput) source;
    return output(work.task().jobId(), output.component(), output.output(), work.party())
        .map(found -> data.read(found.namespace(), found.name()));
  }

  /** A table that users stored: no job may take one that they disabled. */
  private Table stored(String namespace, String name) {
    Stages.join(data.find(namespace, name)).ifPresent(TableEntry::requireEnabled);
    return data.read(namespace, name);
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
  void save(
      TaskRunner.Work work, PlannedTask task, ComponentDescriptor component, TaskOutputs outputs) {
    List<OutputData> stored = new ArrayList<>();
    for (int i = 0; i < outputs.data().size(); i++) {
      String dataName =
          i < task.dataOutputs().size() ? task.dataOutputs().get(i) : Integer.toString(i);
      TableEntry entry =
          data.store(
              new DataManager.StoreRequest(
                  "output_data_" + work.task(),
                  // Roles and ids may hold '_' themselves: two parties must not share a name.
                  work.party() + ":" + dataName,
                  1,
                  "output",
                  true,
                  TableMaker.of(work.task(), work.party()).toTree()),
              outputs.data().get(i));
      stored.add(new OutputData(dataName, entry.namespace(), entry.name(), entry.rowCount()));
    }
    // Nobody ran this attempt before: there is nothing to replace, and a write costs a sync.
    if (!stored.isEmpty()) {
      Stages.join(store.putOutputs(work.task(), work.party(), stored));
    }
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
                        component.module(),
                        task.modelOutputs().isEmpty() ? "model" : task.modelOutputs().get(0),
                        model.messages())));
  }

  /** Tables by name for a party, from a store that may be down for a while. */
  TableAccess tablesOf(Party party, StoreRetries retries) {
    return new TableAccess() {
      @Override
      public Table read(String namespace, String name) {
        return retries.call(() -> stored(namespace, name));
      }

      @Override
      public Table readOutput(String jobId, String component, String dataName) {
        return retries.call(() -> made(jobId, component, dataName));
      }

      private Table made(String jobId, String component, String dataName) {
        OutputData found =
            output(jobId, component, dataName, party)
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
        return data.read(found.namespace(), found.name());
      }
    };
  }
}
