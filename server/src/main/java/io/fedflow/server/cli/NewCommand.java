package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fedflow new}: documents for one's own files. */
@Command(
    name = "new",
    description =
        "Writes a DSL and a runtime conf that train a model on two CSV files, and says what to do"
            + " with them.")
final class NewCommand implements Callable<Integer> {

  private static final String DSL = "job_dsl.json";
  private static final String CONF = "job_runtime_conf.json";

  @Mixin private Console console;

  @Parameters(paramLabel = "DIR", description = "where to write; made if missing")
  private Path folder;

  @Option(
      names = "--guest",
      paramLabel = "CSV",
      required = true,
      description = "the file of the party with the labels")
  private Path guest;

  @Option(
      names = "--host",
      paramLabel = "CSV",
      required = true,
      description = "the other party's file")
  private Path host;

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "the guest's label column, default ${DEFAULT-VALUE}",
      defaultValue = "y")
  private String label;

  @Override
  public Integer call() throws Exception {
    List<String> columns = columns(guest);
    columns(host);
    if (!columns.contains(label)) {
      throw FedflowException.invalid(
          "new.label",
          "--label: found no column '" + label + "' in " + guest + ", allowed " + columns);
    }
    String guestTable = DataUploadCommand.tableName(guest);
    String hostTable = DataUploadCommand.tableName(host);
    if (guestTable.equals(hostTable)) {
      guestTable += "_guest";
      hostTable += "_host";
    }
    Files.createDirectories(folder);
    write(DSL, Documents.example("jobs/pipeline_dsl.json"));
    Map<String, Object> conf = Documents.example("jobs/pipeline_conf.json");
    write(CONF, fitted(conf, guestTable, hostTable));
    console.say(
        "Wrote " + folder.resolve(DSL) + " and " + folder.resolve(CONF) + ". With a server up:");
    console.say("  ./fedflow data upload " + guest + " --name " + guestTable);
    console.say("  ./fedflow data upload " + host + " --name " + hostTable);
    console.say(
        "  ./fedflow job submit --wait -d " + folder.resolve(DSL) + " -c " + folder.resolve(CONF));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("dsl", folder.resolve(DSL).toString());
    result.put("conf", folder.resolve(CONF).toString());
    result.put("tables", Map.of("guest", guestTable, "host", hostTable));
    console.result(result);
    return 0;
  }

  /** The columns behind the id. */
  private static List<String> columns(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String header = reader.readLine();
      if (header == null) {
        throw FedflowException.invalid(
            "new.empty", file + " is empty; it needs a header line with the row id first");
      }
      List<String> names = Arrays.stream(header.split(",", -1)).map(String::strip).toList();
      return names.subList(1, names.size());
    } catch (IOException e) {
      throw FedflowException.invalid("file.unreadable", "no readable text file at " + file);
    }
  }

  private Object fitted(Map<String, Object> conf, String guestTable, String hostTable) {
    Object named =
        Replacing.at(
            conf,
            guestTable,
            "component_parameters",
            "role",
            "guest",
            "0",
            "reader_0",
            "table",
            "name");
    named =
        Replacing.at(
            named,
            hostTable,
            "component_parameters",
            "role",
            "host",
            "0",
            "reader_0",
            "table",
            "name");
    return Replacing.at(
        named,
        label,
        "component_parameters",
        "role",
        "guest",
        "0",
        "data_transform_0",
        "label_name");
  }

  private void write(String name, Object tree) throws IOException {
    Path file = folder.resolve(name);
    if (Files.exists(file)) {
      throw FedflowException.invalid(
          "new.exists", file + " exists already; choose another folder or remove it");
    }
    Files.writeString(file, PrettyJson.write(tree));
  }
}
