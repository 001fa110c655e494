package io.fedflow.server.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fedflow data upload}: a CSV file becomes a table. */
@Command(
    name = "upload",
    description = "Uploads a CSV file as a table; its first column holds the row ids.")
final class DataUploadCommand implements Callable<Integer> {

  @Mixin private ServerAddress server;
  @Mixin private Console console;

  @Parameters(paramLabel = "FILE", description = "the CSV file")
  private Path file;

  @Option(
      names = "--namespace",
      description = "the table's namespace, default ${DEFAULT-VALUE}",
      defaultValue = "experiment")
  private String namespace;

  @Option(names = "--name", description = "the table's name, default the file's")
  private String name;

  @Option(names = "--no-header", description = "the first line is a row already")
  private boolean noHeader;

  @Override
  public Integer call() throws Exception {
    String table = name == null ? tableName(file) : name;
    JobEnd end = Uploads.upload(server.client(), file, namespace, table, noHeader ? 0 : 1);
    Map<String, Object> tree = new LinkedHashMap<>(end.tree());
    tree.put("namespace", namespace);
    tree.put("name", table);
    console.result(
        tree, () -> end.good() ? "stored as table " + namespace + '.' + table : end.words());
    return end.exitCode();
  }

  /** The file's name without its ending. */
  static String tableName(Path file) {
    String full = file.getFileName().toString();
    int dot = full.lastIndexOf('.');
    return dot > 0 ? full.substring(0, dot) : full;
  }
}
