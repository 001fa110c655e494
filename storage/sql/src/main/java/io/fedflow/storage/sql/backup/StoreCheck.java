package io.fedflow.storage.sql.backup;

import io.fedflow.data.TableManifest;
import io.fedflow.failure.FedflowException;
import io.fedflow.storage.sql.Migration;
import io.fedflow.storage.sql.Migrations;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Looks for damage in a store: in the database's own files, its history, and every blob. */
public final class StoreCheck {

  private static final int BUFFER = 1 << 16;

  private final StoreSnapshot snapshot;
  private final List<String> findings = new ArrayList<>();
  private long blobs;

  private StoreCheck(StoreSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * What was found.
   *
   * @param schema the number of the last migration
   * @param pending how many migrations the next start of a server makes
   * @param rows how many rows each table has
   * @param blobs how many tables and models were read and compared with their digests
   * @param findings what is wrong, each naming what is hit; empty if the store is sound
   */
  public record Result(
      int schema, int pending, Map<String, Long> rows, long blobs, List<String> findings) {

    /** Whether nothing is wrong. */
    public boolean sound() {
      return findings.isEmpty();
    }
  }

  /** Reads the whole store; takes as long as that. */
  public static Result of(StoreSnapshot snapshot) throws IOException {
    return new StoreCheck(snapshot).run();
  }

  private Result run() throws IOException {
    findings.addAll(snapshot.damage());
    List<Migration.Applied> applied = snapshot.applied();
    int pending = 0;
    try {
      pending = Migrations.all().pending(applied, snapshot.place()).size();
    } catch (FedflowException unknown) {
      findings.add(unknown.getMessage());
    }
    Map<String, Long> rows = new TreeMap<>();
    for (String table : snapshot.tables()) {
      long[] count = {0};
      snapshot.rows(table, row -> count[0]++);
      rows.put(table, count[0]);
    }
    if (rows.containsKey("table_entry")) {
      compare("table_entry", "table", "namespace", "name");
    }
    if (rows.containsKey("model_entry")) {
      compare("model_entry", "model", "model_version", "role", "party_id", "component");
    }
    return new Result(
        applied.isEmpty() ? 0 : applied.get(applied.size() - 1).number(),
        pending,
        rows,
        blobs,
        List.copyOf(findings));
  }

  private void compare(String table, String what, String... naming) throws IOException {
    List<String> columns = snapshot.columns(table);
    int key = columns.indexOf("blob_key");
    int digest = columns.indexOf("digest");
    List<String[]> entries = new ArrayList<>();
    snapshot.rows(
        table,
        row -> {
          StringBuilder name = new StringBuilder(what);
          for (String column : naming) {
            name.append(' ').append(row.get(columns.indexOf(column)));
          }
          entries.add(
              new String[] {name.toString(), (String) row.get(key), (String) row.get(digest)});
        });
    for (String[] entry : entries) {
      blobs++;
      compare(entry[0], entry[1], entry[2], table.equals("table_entry"));
    }
  }

  private void compare(String name, String key, String expected, boolean files) {
    try (InputStream in = snapshot.blob(key)) {
      MessageDigest digest = BackupWriter.sha256();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      if (!HexFormat.of().formatHex(digest.digest()).equals(expected)) {
        findings.add(name + ": its bytes are not what was stored (the digest differs)");
      } else if (files) {
        compareFiles(name, key);
      }
    } catch (FedflowException | IOException missing) {
      findings.add(name + ": its bytes cannot be read: " + missing.getMessage());
    }
  }

  /** A table may be a manifest, which is right by now, and names further files. */
  private void compareFiles(String name, String key) throws IOException {
    try (InputStream in = new BufferedInputStream(snapshot.blob(key))) {
      if (TableManifest.beginsAsOne(in)) {
        for (TableManifest.FilePart file : TableManifest.read(in).files()) {
          compare(name + ", file " + file.name(), file.key(key), file.digest(), false);
        }
      }
    }
  }
}
