package io.fedflow.data;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.BlobStore;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a table consists of whose rows lie in several files: a text of lines, kept under the key of
 * the table, beside its files. Immutable.
 *
 * <p>The first line is {@code FFTM} and the layout of the files; {@code table} and {@code column}
 * lines tell the schema; each {@code file} line a name, rows, bytes and SHA-256; {@code end} stands
 * at the end. Texts take no blanks: {@code \}{@code e} is an empty one, other characters that would
 * hurt are {@code \}{@code uXXXX}.
 *
 * @param layout what wrote the files, such as {@code parquet}
 * @param schema what the table holds
 * @param files in the order of their rows
 */
public record TableManifest(String layout, TableSchema schema, List<FilePart> files) {

  private static final String MAGIC = "FFTM";
  private static final int MOST_BYTES = 128 << 20;
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,50}\\.[a-z]{1,20}");
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern LAYOUT = Pattern.compile("[a-z]{1,20}");

  /**
   * A file of rows.
   *
   * @param name its name, beside the table's key
   * @param rows how many rows
   * @param bytes how many bytes
   * @param digest SHA-256, lower-case hex
   */
  public record FilePart(String name, long rows, long bytes, String digest) {

    /** The key of its blob. */
    public String key(String tableKey) {
      return tableKey + '/' + name;
    }
  }

  /** Copies the list. */
  public TableManifest {
    files = List.copyOf(files);
  }

  /** Whether a blob begins as a manifest; the stream, which must support marks, stays there. */
  public static boolean beginsAsOne(InputStream in) throws IOException {
    in.mark(MAGIC.length());
    byte[] first = in.readNBytes(MAGIC.length());
    in.reset();
    return new String(first, StandardCharsets.US_ASCII).equals(MAGIC);
  }

  /** How many rows all files hold. */
  public long rowCount() {
    return files.stream().mapToLong(FilePart::rows).sum();
  }

  /** The bytes that are kept. */
  public byte[] toBytes() {
    StringBuilder text = new StringBuilder(MAGIC).append(' ').append(layout).append('\n');
    text.append("table ").append(schema.kind().name()).append(' ');
    ManifestText.append(text, schema.idName()).append(' ');
    ManifestText.append(text, schema.delimiter()).append('\n');
    for (ColumnSpec column : schema.columns()) {
      text.append("column ").append(column.type().name()).append(' ');
      text.append(column.use().name()).append(' ');
      ManifestText.append(text, column.name()).append(' ');
      ManifestText.append(text, column.anonymousName()).append('\n');
    }
    for (FilePart file : files) {
      text.append("file ").append(file.name()).append(' ').append(file.rows()).append(' ');
      text.append(file.bytes()).append(' ').append(file.digest()).append('\n');
    }
    return text.append("end\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads a manifest to the end of the stream, which stays open.
   *
   * @throws FedflowException {@code table.damaged} if it is none
   */
  public static TableManifest read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw damaged("it has more than " + MOST_BYTES + " bytes");
    }
    return new Parser(new String(bytes, StandardCharsets.UTF_8).split("\n", -1)).manifest();
  }

  /** Deletes the files that a blob names, if it is a manifest; the manifest stays. */
  static void deleteFiles(BlobStore blobs, String key) throws IOException {
    TableManifest manifest;
    try (InputStream in = new BufferedInputStream(blobs.read(key))) {
      if (!beginsAsOne(in)) {
        return;
      }
      manifest = read(in);
    } catch (FedflowException goneOrDamaged) {
      return;
    }
    for (FilePart file : manifest.files()) {
      blobs.delete(file.key(key));
    }
  }

  private static FedflowException damaged(String why) {
    return FedflowException.invalid(
        "table.damaged",
        "the manifest of the table is damaged: " + why + "; restore it or upload again");
  }

  /** Lines on their way into a manifest. */
  private static final class Parser {

    private final String[] lines;
    private int at;

    Parser(String[] lines) {
      this.lines = lines;
    }

    TableManifest manifest() {
      String[] first = words(MAGIC, 2);
      if (!LAYOUT.matcher(first[1]).matches()) {
        throw bad();
      }
      String[] table = words("table", 4);
      TableKind kind = one(TableKind.class, table[1]);
      List<ColumnSpec> columns = new ArrayList<>();
      while (next("column")) {
        String[] column = words("column", 5);
        columns.add(
            new ColumnSpec(
                text(column[3]),
                one(ColumnSpec.Type.class, column[1]),
                one(ColumnSpec.Use.class, column[2]),
                text(column[4])));
      }
      List<FilePart> files = new ArrayList<>();
      while (next("file")) {
        files.add(file(words("file", 5)));
      }
      words("end", 1);
      if (at != lines.length - 1 || !lines[at].isEmpty()) {
        throw damaged("it goes on after its end");
      }
      return new TableManifest(
          first[1], new TableSchema(kind, text(table[2]), columns, text(table[3])), files);
    }

    private FilePart file(String[] words) {
      if (!NAME.matcher(words[1]).matches() || !DIGEST.matcher(words[4]).matches()) {
        throw bad();
      }
      return new FilePart(words[1], count(words[2]), count(words[3]), words[4]);
    }

    private boolean next(String word) {
      return at < lines.length && lines[at].startsWith(word + ' ');
    }

    private String[] words(String first, int count) {
      if (at == lines.length) {
        throw damaged("it is cut short");
      }
      String[] words = lines[at++].split(" ", -1);
      if (words.length != count || !words[0].equals(first)) {
        throw bad();
      }
      return words;
    }

    private <E extends Enum<E>> E one(Class<E> type, String name) {
      try {
        return Enum.valueOf(type, name);
      } catch (IllegalArgumentException unknown) {
        throw bad();
      }
    }

    private long count(String text) {
      if (!text.matches("\\d{1,18}")) {
        throw bad();
      }
      return Long.parseLong(text);
    }

    private String text(String escaped) {
      try {
        return ManifestText.parse(escaped);
      } catch (IllegalArgumentException wrong) {
        throw bad();
      }
    }

    private FedflowException bad() {
      return damaged("its line " + at + " makes no sense");
    }
  }
}
