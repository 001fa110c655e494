package io.fedflow.data;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterType;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Role;
import io.fedflow.spi.TableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * FATE's {@code Upload} (flow-v1 §7.2): loads a staged file into a table, as a job of one local
 * party. The file must lie in one of the site's folders for that; a staged one is deleted
 * afterwards. Stateless.
 */
public final class UploadComponent implements Component {

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          "Upload",
          Set.of(Role.LOCAL),
          ParameterSchema.builder()
              .text("file", "", "the file, below a folder of the server that may be read")
              .text("namespace", "", "the table's namespace")
              .text("name", "", "the table's name")
              .integer("head", 1, 0, 1, "whether the first line names the columns")
              .integer("partition", 10, 1, 1023, "partitions of the table")
              .text("id_delimiter", ",", "what separates cells")
              .bool("destroy", false, "whether a table of that name is replaced")
              .bool("extend_sid", false, "whether row ids are generated")
              .bool("auto_increasing_sid", false, "whether generated row ids are numbers")
              .choice(
                  "duplicate_ids",
                  "last",
                  List.of("last", "error"),
                  "whether the last row of an id wins or the file is refused")
              .bool("with_meta", false, "whether meta describes the layout")
              .any("meta", Map.of(), "the layout of the rows", ParameterType.MAP)
              .any("schema", Map.of(), "laid over the derived schema", ParameterType.MAP)
              .bool("need_run", true, "whether the component runs")
              .build(),
          List.of());

  /** The attribute of a table that names the job which uploaded it. */
  private static final String UPLOADED_BY = "uploaded_by";

  private final DataManager data;
  private final FileTables files;
  private final Path staging;
  private final List<Path> roots;

  /**
   * An upload component that reads delimited text.
   *
   * @param data where tables go
   * @param staging files here were put by the edge and are deleted after loading
   * @param folders further folders that may be read
   */
  public UploadComponent(DataManager data, Path staging, List<Path> folders) {
    this(data, staging, folders, TableFiles.NONE);
  }

  /**
   * An upload component.
   *
   * @param data where tables go
   * @param staging files here were put by the edge and are deleted after loading
   * @param folders further folders that may be read
   * @param readers of files that are no text
   */
  public UploadComponent(DataManager data, Path staging, List<Path> folders, TableFiles readers) {
    this.data = data;
    this.files = new FileTables(readers, staging);
    this.staging = staging.toAbsolutePath().normalize();
    this.roots =
        Stream.concat(Stream.of(staging), folders.stream())
            .map(folder -> folder.toAbsolutePath().normalize())
            .toList();
  }

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws IOException {
    Params params = context.params();
    Optional<TableEntry> mine =
        Stages.join(data.find(params.text("namespace"), params.text("name")))
            .filter(entry -> context.task().jobId().equals(entry.attributes().get(UPLOADED_BY)));
    Optional<Path> found = find(params.text("file"));
    if (found.isEmpty() && mine.isPresent()) {
      // An attempt before was lost after it had stored the table and dropped the file.
      report(context, new CsvTables.Stored(mine.get(), 0));
      return TaskOutputs.none();
    }
    Path file = found.orElseThrow(() -> refused(params.text("file")));
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put(UPLOADED_BY, context.task().jobId());
    if (params.bool("with_meta")) {
      attributes.put("meta", params.map("meta"));
    }
    DataManager.StoreRequest request =
        new DataManager.StoreRequest(
            params.text("namespace"),
            params.text("name"),
            params.integer("partition"),
            "upload",
            params.bool("destroy") || mine.isPresent(),
            attributes);
    report(
        context,
        files.store(
            data,
            request,
            file,
            () -> Files.newInputStream(file),
            new FileTables.Reading(format(params), idColumn(params))));
    if (file.startsWith(staging)) {
      // After a failure it stays for the next attempt; the edge drops it at the job's end.
      Files.deleteIfExists(file);
    }
    return TaskOutputs.none();
  }

  private static void report(TaskContext context, CsvTables.Stored stored) {
    TableEntry entry = stored.entry();
    long replaced = stored.replaced();
    if (replaced > 0) {
      context.log().warning(replaced + " rows were replaced by a later row of the same id");
    }
    context
        .tracker()
        .metric("upload", "data_access", List.of(new MetricPoint("count", entry.rowCount())));
    context.tracker().metricMeta("upload", "data_access", "UPLOAD", Map.of("name", "upload"));
    context.tracker().summary(Map.of("count", entry.rowCount(), "replaced_duplicates", replaced));
    context
        .log()
        .info(entry.rowCount() + " rows are stored as " + entry.namespace() + "." + entry.name());
  }

  /** Text has its ids in the first column; other files have names for theirs. */
  private static Optional<String> idColumn(Params params) {
    return params.map("schema").get("sid") instanceof String name && !name.isEmpty()
        ? Optional.of(name)
        : Optional.empty();
  }

  private static CsvFormat format(Params params) {
    String delimiter = params.text("id_delimiter");
    if (params.bool("with_meta") && params.map("meta").get("delimiter") instanceof String given) {
      delimiter = given;
    }
    CsvFormat.RowId id =
        !params.bool("extend_sid")
            ? CsvFormat.RowId.FIRST_COLUMN
            : params.bool("auto_increasing_sid")
                ? CsvFormat.RowId.NUMBERED
                : CsvFormat.RowId.GENERATED;
    return new CsvFormat(
        params.integer("head") == 1,
        delimiter,
        id,
        params.text("duplicate_ids").equals("error")
            ? CsvFormat.Duplicates.REFUSE
            : CsvFormat.Duplicates.LAST_WINS);
  }

  /**
   * Relative names are looked for in the staging folder first: rows of jobs show no server path.
   */
  private Optional<Path> find(String text) throws IOException {
    for (Path root : roots) {
      Path file;
      try {
        file = root.resolve(text).normalize();
      } catch (InvalidPathException malformed) {
        return Optional.empty();
      }
      // The real path is what counts: a link must not lead out of the folder.
      if (Files.isDirectory(root)
          && Files.isRegularFile(file)
          && file.toRealPath().startsWith(root.toRealPath())) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private static FedflowException refused(String text) {
    String found;
    try {
      found = "'" + Path.of(text).getFileName() + "'";
    } catch (InvalidPathException malformed) {
      found = "a text that is no path";
    }
    return FedflowException.invalid(
        "upload.file",
        "file: found " + found + ", which is no file in a folder that this site may read");
  }
}
