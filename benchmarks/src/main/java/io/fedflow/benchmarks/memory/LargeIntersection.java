package io.fedflow.benchmarks.memory;

import io.fedflow.Fedflow;
import io.fedflow.JobHandle;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.federation.PayloadRoom;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.Stores;
import io.fedflow.storage.sqlite.SqliteStores;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How much heap an intersection of many ids takes, of all parties of one process together: tables,
 * jobs and messages are in files, so that what is left is what the component holds. Run it with a
 * small {@code -Xmx}: that it ends is the result.
 *
 * <p>Arguments: {@code ids=2000000} of each party, half of them in common, {@code hosts=1}, {@code
 * method=ecdh}, {@code bits=1024} of rsa and dh, {@code spill=2000000} and {@code count=false},
 * whether common ids are only counted.
 */
public final class LargeIntersection {

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "ids", "2000000",
          "hosts", "1",
          "method", "ecdh",
          "bits", "1024",
          "spill", "2000000",
          "count", "false");

  /** What waits for tasks in memory; a server has the same bound as an option. */
  private static final long MESSAGE_BYTES = 16L << 20;

  private final Map<String, String> given;
  private final int ids;
  private final List<Party> parties;

  private LargeIntersection(Map<String, String> given) {
    this.given = given;
    this.ids = Integer.parseInt(given.get("ids"));
    this.parties =
        IntStream.rangeClosed(0, Integer.parseInt(given.get("hosts")))
            .mapToObj(i -> new Party(i == 0 ? Role.GUEST : Role.HOST, Integer.toString(9000 + i)))
            .toList();
  }

  /**
   * Prints what reading the tables takes, then the same with the intersection.
   *
   * @throws IllegalArgumentException if an argument is none of those above
   */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> given = new TreeMap<>(DEFAULTS);
    for (String argument : arguments) {
      String[] parts = argument.split("=", 2);
      if (parts.length != 2 || given.replace(parts[0], parts[1]) == null) {
        throw new IllegalArgumentException(
            "found " + argument + ", allowed are " + DEFAULTS.keySet() + " with =");
      }
    }
    Path folder = Files.createTempDirectory("large-intersection");
    try {
      new LargeIntersection(given).run(folder);
    } finally {
      try (Stream<Path> left = Files.walk(folder)) {
        for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  private void run(Path folder) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%s, heap at most %d MB%n%-12s %10s %24s%n",
        given,
        Runtime.getRuntime().maxMemory() >> 20,
        "",
        "wall s",
        "heap MB at collections");
    try (Stores stores = SqliteStores.open(folder.resolve("data"), new JacksonJsonCodec());
        Fedflow site =
            Fedflow.builder()
                .stores(stores)
                .folder(folder.resolve("rows"))
                .payloads(
                    PayloadRoom.bounded(MESSAGE_BYTES, Long.MAX_VALUE, folder.resolve("messages")))
                .build();
        HeapAtCollections heap = new HeapAtCollections()) {
      for (int i = 0; i < parties.size(); i++) {
        store(site, i);
      }
      print(site, heap, "reading", false);
      print(site, heap, "with it", true);
    }
  }

  private void print(Fedflow site, HeapAtCollections heap, String what, boolean intersect) {
    heap.reset();
    long start = System.nanoTime();
    JobHandle handle = site.submit(job(intersect).compile()).toCompletableFuture().join();
    JobHandle.Outcome outcome = handle.completion().toCompletableFuture().join();
    if (outcome.status() != JobStatus.SUCCESS) {
      throw new IllegalStateException("the job ended as " + outcome);
    }
    System.out.printf(
        Locale.ROOT,
        "%-12s %10.1f %24d%n",
        what,
        (System.nanoTime() - start) / 1e9,
        heap.most() >> 20);
  }

  private Pipeline job(boolean intersect) {
    Pipeline job = new Pipeline();
    parties.forEach(party -> job.party(party.role(), party.id()));
    Pipeline.Step reader = job.add("reader_0", "Reader");
    for (Party party : parties) {
      reader.set(party, "table", Map.of("namespace", "large", "name", party.id()));
    }
    if (intersect) {
      Map<String, Integer> bits = Map.of("key_length", Integer.parseInt(given.get("bits")));
      job.add("intersection_0", "Intersection")
          .data("reader_0")
          .set("intersect_method", given.get("method"))
          .set("cardinality_method", given.get("method"))
          .set("cardinality_only", Boolean.parseBoolean(given.get("count")))
          .set("rsa_params", bits)
          .set("dh_params", bits)
          .set("spill_above", Integer.parseInt(given.get("spill")));
    }
    return job;
  }

  /** Half of a party's ids are those of all, the others its own. */
  private void store(Fedflow site, int party) {
    String[] names = new String[ids];
    Arrays.setAll(names, i -> "id" + (i < ids / 2 ? i : i + (long) party * ids));
    Table table =
        new Table(
            new TableSchema(TableKind.INSTANCE, "id", List.of(ColumnSpec.feature("x0", "x0")), ","),
            names,
            List.of(new Column.Numbers(new double[ids])));
    site.data().store(StoreRequest.upload("large", parties.get(party).id()), table);
  }
}
