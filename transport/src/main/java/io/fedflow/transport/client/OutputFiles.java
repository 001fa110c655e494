package io.fedflow.transport.client;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JobInvoker.Rows;
import io.fedflow.spi.JsonCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads unpacked outputs: pairs of {@code <name>.csv} and {@code <name>.meta}. */
final class OutputFiles {

  private static final String META = ".meta";

  private OutputFiles() {}

  /**
   * All outputs of a folder by name.
   *
   * @param limit how many rows of each at most; -1 for all
   * @throws FedflowException if a line does not fit its header
   */
  static Map<String, Rows> read(Path folder, int limit, JsonCodec codec) {
    Map<String, Rows> outputs = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path meta : files.filter(f -> f.toString().endsWith(META)).sorted().toList()) {
        String file = meta.getFileName().toString();
        String name = file.substring(0, file.length() - META.length());
        List<String> header = new ArrayList<>();
        if (Trees.object(codec.read(Files.readString(meta))).get("header")
            instanceof List<?> list) {
          list.forEach(column -> header.add(String.valueOf(column)));
        }
        outputs.put(name, rows(folder.resolve(name + ".csv"), header, limit));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return outputs;
  }

  /** Removes a folder and what is in it. */
  static void remove(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Rows rows(Path csv, List<String> header, int limit) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (BufferedReader in = Files.newBufferedReader(csv)) {
      CsvLines lines = new CsvLines(in);
      // The first line repeats the header.
      lines.next();
      for (List<String> row = lines.next();
          row != null && (limit < 0 || rows.size() < limit);
          row = lines.next()) {
        if (row.size() != header.size()) {
          throw FedflowException.peer(
              "server.strange",
              csv.getFileName()
                  + ": a line has "
                  + row.size()
                  + " fields, the header "
                  + header.size());
        }
        rows.add(row);
      }
    }
    return new Rows(header, rows);
  }
}
