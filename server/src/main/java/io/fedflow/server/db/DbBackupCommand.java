package io.fedflow.server.db;

import io.fedflow.server.cli.Console;
import io.fedflow.storage.sql.backup.BackupWriter;
import io.fedflow.storage.sql.backup.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fedflow db backup}. */
@Command(
    name = "backup",
    description = {
      "Writes everything that a server keeps in its stores into one file: all rows as they are at",
      "one moment, and the bytes of tables and models. The server may run meanwhile. Keys and",
      "certificates, the audit log and files beside the stores are not in it. The file holds data",
      "of this site: keep it as safe as the site itself."
    })
final class DbBackupCommand implements Callable<Integer> {

  @Mixin private StorePlace place;
  @Mixin private Console console;

  @Parameters(paramLabel = "FILE", description = "must not exist")
  private Path file;

  @Override
  public Integer call() throws Exception {
    Manifest manifest =
        place.snapshot(snapshot -> BackupWriter.write(snapshot, file, System.currentTimeMillis()));
    long bytes = Files.size(file);
    console.result(
        tree(manifest, bytes), () -> file + ": " + words(manifest) + ", " + bytes + " bytes");
    return 0;
  }

  private Map<String, Object> tree(Manifest manifest, long bytes) {
    Map<String, Object> tree = tree(manifest);
    tree.put("file", file.toString());
    tree.put("bytes", bytes);
    return tree;
  }

  /** What a backup holds, for programs. */
  static Map<String, Object> tree(Manifest manifest) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", manifest.kind());
    tree.put("schema", manifest.schema());
    tree.put("made", manifest.made());
    tree.put("rows", manifest.rows());
    tree.put("blobs", manifest.blobs());
    return tree;
  }

  /** What a backup holds, for people. */
  static String words(Manifest manifest) {
    return manifest.rows()
        + " rows"
        + (manifest.blobs() > 0 ? " and " + manifest.blobs() + " files" : "")
        + ", "
        + manifest.kind()
        + " with schema "
        + manifest.schema();
  }
}
