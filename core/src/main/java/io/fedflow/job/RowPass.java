package io.fedflow.job;

import io.fedflow.component.RowComponent;
import io.fedflow.component.RowComponent.RowInput;
import io.fedflow.component.RowComponent.RowResult;
import io.fedflow.component.TaskContext;
import io.fedflow.dsl.PlannedTask;
import io.fedflow.failure.ColumnException;
import io.fedflow.failure.FedflowException;
import io.fedflow.table.AnonymousNames;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import io.fedflow.tracking.OutputData;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs a part whose rows pass: its output is stored while it is made, and counts once the attempt
 * may no longer be fenced. One that was fenced takes back what it stored.
 *
 * @param artifacts opens and stores tables
 * @param retries asks a store that is down again
 * @param folder for temporary files
 */
record RowPass(TaskArtifacts artifacts, StoreRetries retries, Path folder) {

  /**
   * Runs a part.
   *
   * @param component null to hand the first table on as it is
   * @return false if the attempt was fenced: nothing of it is stored
   * @throws TaskBody.ProcessLost if a store was away while the rows passed
   * @throws InterruptedException if the task was stopped
   * @throws Exception what the component threw
   */
  boolean run(Attempt attempt, PlannedTask task, RowComponent component, TaskContext context)
      throws Exception {
    List<RowInput> inputs = retries.call(() -> artifacts.rows(attempt.work(), task));
    if (component == null && inputs.isEmpty()) {
      return attempt.save();
    }
    if (!attempt.write()) {
      return false;
    }
    try {
      return stored(attempt, task, component, context, inputs);
    } finally {
      attempt.wrote();
    }
  }

  private boolean stored(
      Attempt attempt,
      PlannedTask task,
      RowComponent component,
      TaskContext context,
      List<RowInput> inputs)
      throws Exception {
    OutputData output;
    try {
      RowResult result = begun(component, context, inputs);
      try (TableSource rows = new Stoppable(result.rows(), context)) {
        output = artifacts.store(attempt.work(), task, rows);
      }
      result.report().run();
    } catch (InterruptedIOException stopped) {
      throw new InterruptedException(stopped.getMessage());
    } catch (ColumnException refused) {
      throw AnonymousNames.told(refused, context.self(), schemas(inputs));
    } catch (FedflowException failed) {
      if (StoreRetries.isAway(failed)) {
        throw new TaskBody.ProcessLost(TaskFailures.cause(failed));
      }
      throw failed;
    } catch (IOException unreachable) {
      throw new TaskBody.ProcessLost("rows could not be read: " + unreachable.getMessage());
    }
    if (!attempt.save()) {
      artifacts.drop(output);
      return false;
    }
    retries.call(
        () -> {
          artifacts.list(attempt.work(), List.of(output));
          return null;
        });
    return true;
  }

  /** What the inputs hold; of one that can no longer be opened, nothing. */
  private static List<TableSchema> schemas(List<RowInput> inputs) {
    List<TableSchema> schemas = new ArrayList<>();
    for (RowInput input : inputs) {
      try (TableSource rows = input.rows().open()) {
        schemas.add(rows.schema());
      } catch (IOException | FedflowException gone) {
        // The refusal of the column is what counts; others read it without the column then.
      }
    }
    return schemas;
  }

  private RowResult begun(RowComponent component, TaskContext context, List<RowInput> inputs)
      throws Exception {
    if (component == null) {
      return new RowResult(inputs.get(0).rows().open(), () -> {});
    }
    Files.createDirectories(folder);
    return component.begin(context, inputs, folder);
  }

  /** Rows that end when their task is stopped. */
  private record Stoppable(TableSource rows, TaskContext context) implements TableSource {

    @Override
    public TableSchema schema() {
      return rows.schema();
    }

    @Override
    public Optional<Table> next() throws IOException {
      try {
        context.checkStopped();
      } catch (InterruptedException stopped) {
        throw new InterruptedIOException(stopped.getMessage());
      }
      return rows.next();
    }

    @Override
    public void close() throws IOException {
      rows.close();
    }
  }
}
