package io.fedflow.benchmarks.edge;

import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.zip.GZIPInputStream;

/**
 * Uploads a large CSV file to a server with a small heap, looks at its first rows, takes the table
 * back, and sets the rates beside a plain parse of the same file (lines read and split, nothing
 * kept) and beside what a bare DuckDB takes to make a Parquet file of it and to scan that.
 *
 * <p>Arguments: megabytes of the file, default 1,024; columns, default 20; {@code plain} or {@code
 * parquet}, default plain; the heap, default 256m; the most resident MiB, default 1,024.
 */
public final class LargeTable {

  private final Path folder;
  private final Path file;
  private final int columns;
  private final String layout;
  private final String heap;
  private long rows;

  private LargeTable(Path folder, int columns, String layout, String heap) {
    this.folder = folder;
    this.file = folder.resolve("large.csv");
    this.columns = columns;
    this.layout = layout;
    this.heap = heap;
  }

  /** Prints a line for each step; exit code 1 if the server took more memory than it may. */
  public static void main(String[] arguments) throws Exception {
    long bytes = Long.parseLong(argument(arguments, 0, "1024")) << 20;
    int columns = Integer.parseInt(argument(arguments, 1, "20"));
    long room = Long.parseLong(argument(arguments, 4, "1024"));
    Path folder = Files.createTempDirectory("fedflow-large-table");
    long peak;
    try {
      peak =
          new LargeTable(
                  folder, columns, argument(arguments, 2, "plain"), argument(arguments, 3, "256m"))
              .run(bytes);
    } finally {
      Folders.delete(folder);
    }
    System.exit(peak <= room ? 0 : 1);
  }

  private static String argument(String[] arguments, int at, String usual) {
    return at < arguments.length ? arguments[at] : usual;
  }

  private long run(long bytes) throws Exception {
    write(bytes);
    System.out.printf(
        Locale.ROOT, "%d rows of %d columns, %d MB%n", rows, columns, Files.size(file) >> 20);
    timed("plain parse", this::parse);
    timed("plain parse again", this::parse);
    BareDuck duck = new BareDuck(file, folder.resolve("bare.parquet"));
    timed("bare DuckDB, CSV to Parquet", duck::convert);
    timed("bare DuckDB, scan of the Parquet file by JDBC", duck::scan);
    try (ServerProcess server =
        ServerProcess.start(folder, List.of("-Xmx" + heap), List.of("--tables", layout))) {
      System.out.printf(Locale.ROOT, "peak memory %d MiB before%n", server.peakMebibytes());
      timed("upload until the table is there", () -> upload(server));
      System.out.printf(Locale.ROOT, "peak memory %d MiB after it%n", server.peakMebibytes());
      timed("preview", () -> preview(server));
      timed("preview again", () -> preview(server));
      Path archive = folder.resolve("table.tar.gz");
      timed("download", () -> download(server, archive));
      System.out.printf(
          Locale.ROOT,
          "peak memory %d MiB after it; archive %d MB%n",
          server.peakMebibytes(),
          Files.size(archive) >> 20);
      check(archive);
      return server.peakMebibytes();
    }
  }

  private void write(long bytes) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder line = new StringBuilder("id");
    for (int i = 0; i < columns; i++) {
      line.append(",x").append(i);
    }
    long written = 0;
    try (Writer out = Files.newBufferedWriter(file)) {
      while (written < bytes) {
        out.append(line.append('\n'));
        written += line.length();
        line.setLength(0);
        line.append("u").append(Long.toString(rows * 0x9E3779B97F4A7C15L & Long.MAX_VALUE, 36));
        for (int i = 0; i < columns; i++) {
          line.append(random.nextBoolean() ? ",-0." : ",0.").append(random.nextInt(1_000_000));
        }
        rows++;
      }
    }
    // The line begun last was not written.
    rows--;
  }

  private Void parse() throws IOException {
    long cells = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        cells += line.split(",", -1).length;
      }
    }
    if (cells != (rows + 1) * (columns + 1)) {
      throw new IllegalStateException("parsed " + cells + " cells");
    }
    return null;
  }

  private Void upload(ServerProcess server) throws InterruptedException {
    BlockingFlowClient client = FlowHttpClient.of(server.base()).blocking();
    long begun = System.nanoTime();
    String jobId =
        client
            .upload(
                file, Map.of("namespace", "large", "table_name", "t", "head", 1, "partition", 1))
            .jobId();
    System.out.printf(Locale.ROOT, "  sent after %.1f s%n", seconds(begun));
    client.follow(jobId, 0, news -> {});
    Object status = client.jobQuery(Map.of("job_id", jobId)).get(0).get("f_status");
    if (!"success".equals(status)) {
      throw new IllegalStateException("the upload ended as " + status);
    }
    return null;
  }

  private Void preview(ServerProcess server) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.base() + "/v1/table/preview"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    new JacksonJsonCodec().write(Map.of("namespace", "large", "name", "t"))))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200 || !response.body().contains("x0")) {
      throw new IllegalStateException("the preview was answered " + response.body());
    }
    return null;
  }

  private Void download(ServerProcess server, Path archive) throws Exception {
    JsonCodec json = new JacksonJsonCodec();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.base() + "/v1/table/download"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    json.write(Map.of("namespace", "large", "name", "t"))))
            .build();
    HttpResponse<Path> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofFile(archive));
    if (response.statusCode() != 200) {
      throw new IllegalStateException("the download was answered " + Files.readString(archive));
    }
    return null;
  }

  /** The archive holds every row: a line each, beside the lines of the archive's own headers. */
  private void check(Path archive) throws IOException {
    long lines = 0;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(archive), 1 << 16);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith("u")) {
          lines++;
        }
      }
    }
    if (lines != rows) {
      throw new IllegalStateException("the archive holds " + lines + " rows, the file " + rows);
    }
  }

  private void timed(String what, Callable<Void> work) throws Exception {
    long begun = System.nanoTime();
    work.call();
    double seconds = seconds(begun);
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f s, %.0f MB/s%n",
        what,
        seconds,
        Files.size(file) / 1048576.0 / seconds);
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }
}
