package io.fedflow.transport.http.export;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.data.DataManager;
import io.fedflow.party.Role;
import io.fedflow.table.TableSource;
import io.fedflow.transport.http.v1.TableText;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * FATE's {@code Download}: writes a table as a file into a folder that the operator named, as a job
 * of one local party. Thread-safe.
 */
public final class DownloadComponent implements Component {

  /** What it is called in a DSL. */
  public static final String MODULE = "Download";

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          MODULE,
          Set.of(Role.LOCAL),
          ParameterSchema.builder()
              .text("namespace", "", "the table's namespace")
              .text("name", "", "the table's name")
              .text("output_path", "", "the file, below an export folder of the server")
              .text("delimiter", ",", "what separates cells")
              .bool("overwrite", false, "whether a file that is there is replaced")
              .bool("need_run", true, "whether the component runs")
              .build(),
          List.of());

  private final DataManager data;
  private final ExportFolders folders;

  /**
   * A component that writes files.
   *
   * @param data where tables are
   * @param folders where files go
   */
  public DownloadComponent(DataManager data, ExportFolders folders) {
    this.data = data;
    this.folders = folders;
  }

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws IOException {
    Params params = context.params();
    String namespace = params.text("namespace");
    String name = params.text("name");
    try (TableSource rows = data.open(namespace, name)) {
      long count =
          write(
              folders,
              params.text("output_path"),
              params.bool("overwrite"),
              rows,
              params.text("delimiter"));
      context.tracker().metric("download", "data_access", List.of(new MetricPoint("count", count)));
      context
          .tracker()
          .metricMeta("download", "data_access", "DOWNLOAD", Map.of("name", "download"));
      context.tracker().summary(Map.of("count", count));
      context.log().info(count + " rows of " + namespace + "." + name + " are written to a file");
    }
    return TaskOutputs.none();
  }

  /** Writes a file in the memory of some rows; how many it has. */
  static long write(
      ExportFolders folders, String path, boolean replace, TableSource rows, String delimiter)
      throws IOException {
    if (delimiter.isEmpty()) {
      throw io.fedflow.failure.FedflowException.invalid(
          "argument.type", "delimiter: found none, allowed at least one character");
    }
    AtomicLong count = new AtomicLong();
    folders.write(
        path,
        replace,
        out ->
            count.set(
                new TableText(rows.schema())
                    .writeCsv(out, rows, true, Integer.MAX_VALUE, delimiter)));
    return count.get();
  }
}
