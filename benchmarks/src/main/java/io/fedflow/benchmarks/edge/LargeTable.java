package io.fedflow.benchmarks.edge;

import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.client.BlockingFlowClient;
import io.fedflow.transport.client.ComponentAt;
import io.fedflow.transport.client.FlowHttpClient;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Writer;
import java.math.BigInteger;
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
 * <p>With {@code join} it uploads another table of the same ids in another order and as many
 * columns, joins both by a job of Reader and Union, and takes the result, too.
 *
 * <p>Arguments: megabytes of the file, default 1,024; columns, default 20; {@code plain} or {@code
 * parquet}, default plain; the heap, default 256m; the most resident MiB, default 1,024; {@code
 * join}. {@code -Dfedflow.bare=false} leaves out what it is set beside.
 */
public final class LargeTable {

  private static final boolean BARE =
      Boolean.parseBoolean(System.getProperty("fedflow.bare", "true"));

  private final Path folder;
  private final Path file;
  private final Path other;
  private final int columns;
  private final String layout;
  private final String heap;
  private final boolean joins;
  private long rows;

  private LargeTable(Path folder, int columns, String layout, String heap, boolean joins) {
    this.folder = folder;
    this.joins = joins;
    this.file = folder.resolve("large.csv");
    this.other = folder.resolve("other.csv");
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
                  folder,
                  columns,
                  argument(arguments, 2, "plain"),
                  argument(arguments, 3, "256m"),
                  argument(arguments, 5, "").equals("join"))
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
    if (BARE) {
      timed("plain parse", this::parse);
      timed("plain parse again", this::parse);
      BareDuck duck = new BareDuck(file, folder.resolve("bare.parquet"));
      timed("bare DuckDB, CSV to Parquet", duck::convert);
      timed("bare DuckDB, scan of the Parquet file by JDBC", duck::scan);
    }
    try (ServerProcess server =
        ServerProcess.start(folder, List.of("-Xmx" + heap), List.of("--tables", layout))) {
      System.out.printf(Locale.ROOT, "peak memory %d MiB before%n", server.peakMebibytes());
      timed("upload until the table is there", () -> upload(server, file, "t"));
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
      if (joins) {
        join(server);
      }
      return server.peakMebibytes();
    }
  }

  private void join(ServerProcess server) throws Exception {
    writeOther();
    if (BARE) {
      BareDuck bare = new BareDuck(other, folder.resolve("other.parquet"));
      bare.convert();
      timed(
          "bare DuckDB, join of both Parquet files into one",
          () -> bare.join(folder.resolve("bare.parquet"), folder.resolve("joined.parquet")));
    }
    timed("upload of the other table", () -> upload(server, other, "o"));
    String[] job = new String[1];
    timed(
        "join by id, a job of two Readers and Union",
        () -> {
          job[0] = union(server);
          return null;
        });
    System.out.printf(Locale.ROOT, "peak memory %d MiB after it%n", server.peakMebibytes());
    BlockingFlowClient client = FlowHttpClient.of(server.base()).blocking();
    ComponentAt union = new ComponentAt(job[0], "union_0", "guest", "9999");
    Object total = client.summary(union).get("Total");
    if (!(total instanceof Number joined) || joined.longValue() != rows) {
      throw new IllegalStateException("the join has " + total + " rows, the tables " + rows);
    }
    Path archive = folder.resolve("joined.tar.gz");
    timed(
        "download of the joined table",
        () -> {
          client.downloadOutput(union, archive);
          return null;
        });
    check(archive);
  }

  private static String union(ServerProcess server) throws InterruptedException {
    Map<String, Object> reader =
        Map.of("module", "Reader", "output", Map.of("data", List.of("data")));
    Map<String, Object> dsl =
        Map.of(
            "components",
            Map.of(
                "reader_0",
                reader,
                "reader_1",
                reader,
                "union_0",
                Map.of(
                    "module",
                    "Union",
                    "input",
                    Map.of("data", Map.of("data", List.of("reader_0.data", "reader_1.data"))),
                    "output",
                    Map.of("data", List.of("data")))));
    Map<String, Object> parameters =
        Map.of(
            "reader_0", Map.of("table", Map.of("namespace", "large", "name", "t")),
            "reader_1", Map.of("table", Map.of("namespace", "large", "name", "o")),
            "union_0", Map.of("axis", 1));
    Map<String, Object> conf =
        Map.of(
            "dsl_version", 2,
            "initiator", Map.of("role", "guest", "party_id", 9999),
            "role", Map.of("guest", List.of(9999)),
            "job_parameters", Map.of("common", Map.of("job_type", "train")),
            "component_parameters", Map.of("role", Map.of("guest", Map.of("0", parameters))));
    BlockingFlowClient client = FlowHttpClient.of(server.base()).blocking();
    String jobId = client.submit(dsl, conf).jobId();
    await(client, jobId);
    return jobId;
  }

  /** The same ids, in an order that jumps about. */
  private void writeOther() throws IOException {
    long step = rows / 3;
    while (BigInteger.valueOf(step).gcd(BigInteger.valueOf(rows)).intValue() != 1) {
      step++;
    }
    SplittableRandom random = new SplittableRandom(8);
    StringBuilder line = header("y");
    try (Writer out = Files.newBufferedWriter(other)) {
      for (long i = 0; i <= rows; i++) {
        out.append(line.append('\n'));
        cells(line, i * step % rows, random);
      }
    }
  }

  private StringBuilder header(String prefix) {
    StringBuilder line = new StringBuilder("id");
    for (int i = 0; i < columns; i++) {
      line.append(',').append(prefix).append(i);
    }
    return line;
  }

  private void cells(StringBuilder line, long row, SplittableRandom random) {
    line.setLength(0);
    line.append("u").append(Long.toString(row * 0x9E3779B97F4A7C15L & Long.MAX_VALUE, 36));
    for (int i = 0; i < columns; i++) {
      line.append(random.nextBoolean() ? ",-0." : ",0.").append(random.nextInt(1_000_000));
    }
  }

  private void write(long bytes) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder line = header("x");
    long written = 0;
    try (Writer out = Files.newBufferedWriter(file)) {
      while (written < bytes) {
        out.append(line.append('\n'));
        written += line.length();
        cells(line, rows, random);
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

  private static Void upload(ServerProcess server, Path file, String name)
      throws InterruptedException {
    BlockingFlowClient client = FlowHttpClient.of(server.base()).blocking();
    long begun = System.nanoTime();
    String jobId =
        client
            .upload(
                file, Map.of("namespace", "large", "table_name", name, "head", 1, "partition", 1))
            .jobId();
    System.out.printf(Locale.ROOT, "  sent after %.1f s%n", seconds(begun));
    await(client, jobId);
    return null;
  }

  private static void await(BlockingFlowClient client, String jobId) throws InterruptedException {
    client.follow(jobId, 0, news -> {});
    Map<String, Object> job = client.jobQuery(Map.of("job_id", jobId)).get(0);
    if (!"success".equals(job.get("f_status"))) {
      throw new IllegalStateException(
          "the job ended as " + job.get("f_status") + ": " + job.get("f_error_report"));
    }
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
