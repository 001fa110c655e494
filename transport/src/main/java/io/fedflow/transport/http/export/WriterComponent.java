package io.fedflow.transport.http.export;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskOutputs;
import io.fedflow.data.DataManager;
import io.fedflow.data.Stages;
import io.fedflow.data.TableEntry;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problems;
import io.fedflow.party.Role;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * FATE's {@code Writer}: gives a table, its input or one that is named, another name, or writes it
 * as a file into a folder that the operator named. In jobs of several parties it replaces nothing:
 * they are started by others, too. Thread-safe.
 */
public final class WriterComponent implements Component {

  /** What it is called in a DSL. */
  public static final String MODULE = "Writer";

  /** FATE's engines whose tables are files. */
  static final Set<String> ENGINES = Set.of("LOCALFS", "PATH");

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          MODULE,
          Set.of(),
          Set.of(Role.GUEST, Role.HOST, Role.LOCAL),
          ParameterSchema.builder()
              .text("namespace", null, "the table's namespace, without an input")
              .text("name", null, "the table's name, without an input")
              .text("output_namespace", null, "the namespace of the new table")
              .text("output_name", null, "the name of the new table")
              .text("storage_engine", null, "LOCALFS or PATH, for a file")
              .any(
                  "address",
                  null,
                  "path: the file, below an export folder of the server",
                  ParameterType.MAP,
                  ParameterType.NULL)
              .integer("partitions", null, 1, 1023, "partitions of the new table; null for as many")
              .bool("overwrite", false, "whether what is there is replaced, in jobs of one party")
              .bool("need_run", true, "whether the component runs")
              .build(),
          List.of(),
          Map.of(),
          WriterComponent::check);

  private final DataManager data;
  private final ExportFolders folders;

  /**
   * A component that writes tables.
   *
   * @param data where tables are
   * @param folders where files go
   */
  public WriterComponent(DataManager data, ExportFolders folders) {
    this.data = data;
    this.folders = folders;
  }

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  private static void check(Params params, String pointer, Problems problems) {
    boolean table = !params.isNull("output_name") && !params.isNull("output_namespace");
    if (table) {
      return;
    }
    if (params.isNull("storage_engine")
        || !ENGINES.contains(params.text("storage_engine").toUpperCase(Locale.ROOT))) {
      problems.error(
          pointer + "/storage_engine",
          "tables are written under another name, or as files",
          params.get("storage_engine"),
          "output_name with output_namespace, or LOCALFS or PATH with address");
    } else if (params.isNull("address")
        || !(params.map("address").get("path") instanceof String path)
        || path.isBlank()) {
      problems.error(
          pointer + "/address", "names no file", params.get("address"), "an object with path");
    }
  }

  @Override
  public TaskOutputs run(TaskContext context) throws IOException {
    Params params = context.params();
    boolean replace = params.bool("overwrite") && context.self().role().equals(Role.LOCAL);
    try (TableSource rows = rows(context.inputs(), params)) {
      long count;
      String engine;
      if (!params.isNull("output_name") && !params.isNull("output_namespace")) {
        TableEntry made = data.store(request(params, replace), rows);
        count = made.rowCount();
        engine = "STANDALONE";
        context.log().info(count + " rows are stored as " + made.namespace() + "." + made.name());
      } else {
        String path = String.valueOf(params.map("address").get("path"));
        count = DownloadComponent.write(folders, path, replace, rows, ",");
        engine = params.text("storage_engine").toUpperCase(Locale.ROOT);
        context.log().info(count + " rows are written to a file");
      }
      Map<String, Object> meta = new LinkedHashMap<>();
      meta.put("count", count);
      meta.put("storage_engine", engine);
      context.tracker().metricMeta("writer", "writer", "", meta);
      context.tracker().summary(meta);
    }
    return TaskOutputs.none();
  }

  private TableSource rows(TaskInputs inputs, Params params) {
    Optional<TableSource> input =
        inputs.data().values().stream()
            .flatMap(List::stream)
            .findFirst()
            .map(found -> TableSource.of(found.table()));
    if (input.isPresent()) {
      return input.get();
    }
    if (params.isNull("name") || params.isNull("namespace")) {
      throw FedflowException.invalid(
          "inputs.missing", "Writer: found no data, needs an input or name and namespace");
    }
    source(params).ifPresent(TableEntry::requireEnabled);
    return data.open(params.text("namespace"), params.text("name"));
  }

  private Optional<TableEntry> source(Params params) {
    return params.isNull("name") || params.isNull("namespace")
        ? Optional.empty()
        : Stages.join(data.find(params.text("namespace"), params.text("name")));
  }

  /** The new table is laid out as the old one. */
  private DataManager.StoreRequest request(Params params, boolean replace) {
    Optional<TableEntry> source = source(params);
    int partitions =
        params.isNull("partitions")
            ? source.map(TableEntry::partitions).orElse(1)
            : params.integer("partitions");
    return new DataManager.StoreRequest(
        params.text("output_namespace"),
        params.text("output_name"),
        partitions,
        "output",
        replace,
        source.map(TableEntry::attributes).orElse(Map.of()));
  }
}
