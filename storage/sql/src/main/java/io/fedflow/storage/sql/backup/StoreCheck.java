package io.fedflow.storage.sql.backup;

import io.fedflow.data.TableManifest;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.ModelCheckpoint;
import io.fedflow.model.ModelCheckpoints;
import io.fedflow.storage.sql.Migration;
import io.fedflow.storage.sql.Migrations;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks for damage in a store: in the database's own files, its history, and every blob. Blobs that
 * no row names, such as checkpoints, tell their digests themselves.
 */
public final class StoreCheck {

  private static final String TABLES = "table_entry";
  private static final int BUFFER = 1 << 16;

  private final StoreSnapshot snapshot;
  private final List<String> findings = new ArrayList<>();
  private final Set<String> compared = new HashSet<>();
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
   * @param blobs how many blobs were read and compared with their digests
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
    if (rows.containsKey(TABLES)) {
      compare(TABLES, "table", "namespace", "name");
    }
    if (rows.containsKey("model_entry")) {
      compare("model_entry", "model", "model_version", "role", "party_id", "component");
    }
    if (rows.containsKey("blob_entry")) {
      compare("blob_entry", "blob", "blob_key");
    }
    snapshot.blobs(this::look);
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
      once(entry[0], entry[1], entry[2]);
      if (table.equals(TABLES)) {
        files(entry[0], entry[1]);
      }
    }
  }

  /** A table may be a manifest that names further files. */
  private void files(String name, String key) {
    try (InputStream in = new BufferedInputStream(snapshot.blob(key))) {
      if (TableManifest.beginsAsOne(in)) {
        for (TableManifest.FilePart file : TableManifest.read(in).files()) {
          once(name + ", file " + file.name(), file.key(key), file.digest());
        }
      }
    } catch (FedflowException | IOException damaged) {
      // The comparison of its own digest told it already.
      return;
    }
  }

  private void once(String name, String key, String expected) {
    if (compared.add(nameOf(key))) {
      blobs++;
      verify(name, key, expected);
    }
  }

  /** Blobs that lie outside the rows are named by digests of their keys. */
  private static String nameOf(String key) {
    return HexFormat.of()
        .formatHex(BackupWriter.sha256().digest(key.getBytes(StandardCharsets.UTF_8)));
  }

  private void look(String name, InputStream content) throws IOException {
    // Models may be told by a list that comes later: they are compared then.
    if (!compared.contains(name)) {
      BlobForms.damage(content, this::kept)
          .ifPresent(why -> findings.add("blob file " + name + ": " + why));
    }
  }

  /** A list of kept models tells their digests. */
  private void kept(String text) {
    blobs++;
    for (ModelCheckpoint model : ModelCheckpoints.listed(text)) {
      once(
          "model of " + model.component() + " at step " + model.stepIndex(),
          model.blobKey(),
          model.digest());
    }
  }

  private void verify(String name, String key, String expected) {
    try (InputStream in = snapshot.blob(key)) {
      MessageDigest digest = BackupWriter.sha256();
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      if (!HexFormat.of().formatHex(digest.digest()).equals(expected)) {
        findings.add(name + ": its bytes are not what was stored (the digest differs)");
      }
    } catch (FedflowException | IOException missing) {
      findings.add(name + ": its bytes cannot be read: " + missing.getMessage());
    }
  }
}
