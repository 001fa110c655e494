package io.fedflow.component;

import io.fedflow.table.Table;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A component whose tables may be larger than memory: it is given rows that it opens, and gives
 * rows that are made while they are stored. Its parts run in the process of the site, whichever
 * runner runs those of others: what they do is to read and write the site's own tables.
 */
public interface RowComponent extends Component {

  /**
   * Begins one party's part of a task. What it gives may go on using the context and the folder
   * until it is closed.
   *
   * @param context everything the task may touch; its inputs hold no tables
   * @param inputs the tables that came in, all kinds in order
   * @param folder exists, for temporary files; whatever is made there is deleted again by the time
   *     the rows are closed
   */
  RowResult begin(TaskContext context, List<RowInput> inputs, Path folder) throws Exception;

  /** Does the same in memory, for tables that are there already. */
  @Override
  default TaskOutputs run(TaskContext context) throws Exception {
    List<RowInput> inputs = new ArrayList<>();
    context
        .inputs()
        .data()
        .values()
        .forEach(
            tables ->
                tables.forEach(
                    input ->
                        inputs.add(
                            new RowInput(
                                input.source(),
                                input.table().rowCount(),
                                () -> TableSource.of(input.table())))));
    Path folder = Files.createTempDirectory("fedflow-rows");
    try {
      RowResult result = begin(context, inputs, folder);
      Table table;
      try (TableSource rows = result.rows()) {
        table = rows.collect(Integer.MAX_VALUE);
      }
      result.report().run();
      return TaskOutputs.of(table);
    } finally {
      Files.delete(folder);
    }
  }

  /**
   * A table that came in.
   *
   * @param source the upstream component and output, {@code component.output}
   * @param rowCount how many rows it has
   * @param rows opens them
   */
  record RowInput(String source, long rowCount, Opener rows) {}

  /** Opens rows at their beginning. */
  @FunctionalInterface
  interface Opener {
    /** The rows, for whoever closes them. */
    TableSource open() throws IOException;
  }

  /**
   * What a part gives.
   *
   * @param rows read to their end once, then closed, also if they fail
   * @param report called after the last row was stored, to tell metrics and summary
   */
  record RowResult(TableSource rows, Runnable report) {}
}
