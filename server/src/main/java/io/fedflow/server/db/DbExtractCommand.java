package io.fedflow.server.db;

import io.fedflow.server.cli.Console;
import io.fedflow.storage.sql.backup.TableExtract;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fedflow db extract}. */
@Command(
    name = "extract",
    description = {
      "Copies the Parquet files of a table into a folder, where any program that reads Parquet can",
      "open them: tables of a server with --tables parquet. The server may run meanwhile. The files",
      "hold data of this site."
    })
final class DbExtractCommand implements Callable<Integer> {

  @Mixin private StorePlace place;
  @Mixin private Console console;

  @Parameters(index = "0", paramLabel = "NAMESPACE", description = "the table's namespace")
  private String namespace;

  @Parameters(index = "1", paramLabel = "NAME", description = "the table's name")
  private String name;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "folder for the files, which must not be there yet")
  private Path folder;

  @Override
  public Integer call() throws Exception {
    List<Path> files =
        place.snapshot(snapshot -> TableExtract.of(snapshot, namespace, name, folder));
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("namespace", namespace);
    tree.put("name", name);
    tree.put("files", files.stream().map(Path::toString).toList());
    console.result(
        tree,
        () ->
            files.stream().map(Path::toString).collect(Collectors.joining(System.lineSeparator())));
    return 0;
  }
}
