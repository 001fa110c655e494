package io.fedflow.server.db;

import io.fedflow.server.cli.Console;
import io.fedflow.storage.sql.backup.StoreCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fedflow db check}. */
@Command(
    name = "check",
    description = {
      "Reads everything that a server keeps: the database's own files, the history of its schema,",
      "and the bytes of every table and model, which are compared with their digests. Names what",
      "is damaged. Exits with 0 if all is sound, otherwise with 1. The server may run meanwhile; a",
      "table that is dropped while this reads may then be named as lacking its bytes."
    })
final class DbCheckCommand implements Callable<Integer> {

  @Mixin private StorePlace place;
  @Mixin private Console console;

  @Override
  public Integer call() throws Exception {
    StoreCheck.Result result = place.snapshot(StoreCheck::of);
    console.result(tree(result), () -> text(result));
    return result.sound() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private static Map<String, Object> tree(StoreCheck.Result result) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("sound", result.sound());
    tree.put("schema", result.schema());
    tree.put("pending", result.pending());
    tree.put("rows", result.rows());
    tree.put("blobs", result.blobs());
    tree.put("findings", result.findings());
    return tree;
  }

  private static String text(StoreCheck.Result result) {
    List<String> lines = new ArrayList<>(result.findings());
    long rows = result.rows().values().stream().mapToLong(Long::longValue).sum();
    lines.add(
        (result.sound() ? "sound: " : "NOT SOUND, " + result.findings().size() + " findings: ")
            + rows
            + " rows, "
            + result.blobs()
            + " tables and models, schema "
            + result.schema());
    if (result.pending() > 0) {
      lines.add("the next start of the server makes " + result.pending() + " migrations");
    }
    return String.join(System.lineSeparator(), lines);
  }
}
