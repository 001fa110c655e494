package io.fedflow.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.Blobs;
import io.fedflow.fakes.Damage;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Refusals;
import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.StoreRules;
import io.fedflow.spi.TableCatalog;
import io.fedflow.spi.TableStore;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StoredDataManagerTest {

  private final Blobs blobs = new Blobs();
  private final TableCatalog sound = MemoryStores.create().tables();
  private volatile FedflowException putFailure;
  private final StoredDataManager data =
      new StoredDataManager(new Catalog(), blobs, InstantSource.system(), UUID::randomUUID);

  /** A sound catalog, but for failing puts. */
  private final class Catalog implements TableCatalog {
    @Override
    public CompletionStage<Optional<TableEntry>> put(TableEntry entry) {
      return putFailure == null ? sound.put(entry) : CompletableFuture.failedStage(putFailure);
    }

    @Override
    public CompletionStage<Optional<TableEntry>> find(String namespace, String name) {
      return sound.find(namespace, name);
    }

    @Override
    public CompletionStage<List<TableEntry>> list(String namespace, int offset, int limit) {
      return sound.list(namespace, offset, limit);
    }

    @Override
    public CompletionStage<Optional<TableEntry>> delete(String namespace, String name) {
      return sound.delete(namespace, name);
    }
  }

  private TableEntry store(double... values) {
    return data.store(StoreRequest.upload("n", "t"), Jobs.table(values));
  }

  private static StoreRequest once() {
    return new StoreRequest("n", "t", 4, "upload", false, Map.of("meta", Map.of("a", 1)));
  }

  private double[] read() {
    return data.read("n", "t").numbers("x");
  }

  @Test
  void aTableCanBeKeptFromJobs() {
    assertThat(data.enable("n", "t", false)).isEmpty();
    TableEntry entry = store(1, 2);
    assertThat(entry.enabled()).isTrue();
    TableEntry disabled = data.enable("n", "t", false).orElseThrow();
    assertThat(disabled.enabled()).isFalse();
    assertThat(disabled.blobKey()).isEqualTo(entry.blobKey());
    assertThat(Await.value(data.find("n", "t"))).hasValue(disabled);
    Refusals.assertRefused("table.disabled", disabled::requireEnabled, "n.t is disabled");
    assertThat(read()).as("people can read it").containsExactly(1, 2);
    assertThat(data.enable("n", "t", true).orElseThrow()).isEqualTo(entry);
    entry.requireEnabled();
  }

  @Test
  void aTableComesBackWithWhatTheCatalogKnows() {
    TableEntry entry = data.store(once(), Jobs.table(1, 2, 3));
    assertThat(read()).containsExactly(1, 2, 3);
    assertThat(Await.value(data.find("n", "t"))).contains(entry);
    assertThat(Await.value(data.list("n", 0, 10))).containsExactly(entry);
    assertThat(entry.rowCount()).isEqualTo(3);
    assertThat(entry.partitions()).isEqualTo(4);
    assertThat(entry.byteCount()).isPositive();
    assertThat(entry.digest()).matches("[0-9a-f]{64}");
    assertThat(entry.attributes()).containsKey("meta");
    assertThat(blobs.keys()).containsExactly(entry.blobKey());
  }

  @Test
  void replacingLeavesOneBlob() {
    store(1);
    TableEntry second = store(2, 3);
    assertThat(read()).containsExactly(2, 3);
    assertThat(blobs.keys()).containsExactly(second.blobKey());
  }

  @Test
  void aTakenNameIsRefused() {
    store(1);
    FedflowException refusal = Refusals.of(() -> data.store(once(), Jobs.table(2)), "taken");
    assertThat(refusal.code()).isEqualTo("table.exists");
    assertThat(refusal.kind()).isEqualTo(FailureKind.CONFLICT);
    assertThat(read()).containsExactly(1);
    assertThat(blobs.keys()).hasSize(1);
  }

  @RepeatedTest(20)
  void ofManyWritersThatMayNotReplaceOneWins() throws Exception {
    int writers = 8;
    CyclicBarrier together = new CyclicBarrier(writers);
    List<CompletableFuture<Boolean>> won =
        IntStream.range(0, writers)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          await(together);
                          return catchThrowable(() -> data.store(once(), Jobs.table(i))) == null;
                        },
                        command -> new Thread(command).start()))
            .toList();
    assertThat(won.stream().filter(Await::value)).hasSize(1);
    assertThat(blobs.keys()).hasSize(1);
    assertThat(read()).hasSize(1);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void aTableReplacedWhileItIsReadIsReadAnew() {
    store(1);
    blobs.beforeRead(
        () -> {
          blobs.beforeRead(() -> {});
          store(2);
        });
    assertThat(read()).containsExactly(2);
  }

  @Test
  void aTableDeletedWhileItIsReadSaysSo() {
    store(1);
    blobs.beforeRead(() -> Await.value(data.delete("n", "t")));
    Refusals.assertRefused("table.deleted", this::read, "deleted");
    assertThat(blobs.keys()).isEmpty();
  }

  /** Two groups of rows, between which something happens to the table. */
  private FedflowException readAcross(Runnable meanwhile, RuntimeException failure) {
    store(1);
    TableStore plain = new PlainTableStore(blobs);
    DataManager grouped =
        new StoredDataManager(
            sound,
            new TableStore() {
              @Override
              public Written write(String key, TableSource rows) throws IOException {
                return plain.write(key, rows);
              }

              @Override
              public TableSource open(TableEntry table) throws IOException {
                return new TwoGroups(plain.open(table), failure);
              }

              @Override
              public void delete(String key) throws IOException {
                plain.delete(key);
              }
            },
            InstantSource.system(),
            UUID::randomUUID);
    try (TableSource rows = grouped.open("n", "t")) {
      assertThat(rows.next()).isPresent();
      meanwhile.run();
      return Refusals.of(rows::next, "gone");
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private record TwoGroups(TableSource rows, RuntimeException failure) implements TableSource {
    @Override
    public TableSchema schema() {
      return rows.schema();
    }

    @Override
    public Optional<Table> next() throws IOException {
      Optional<Table> group = rows.next();
      if (group.isEmpty()) {
        throw failure;
      }
      return group;
    }

    @Override
    public void close() throws IOException {
      rows.close();
    }
  }

  @Test
  void aTableThatGoesBetweenTwoGroupsIsNamed() {
    FedflowException unknown = StoreRules.unknownBlob("table/x/1");
    FedflowException deleted = readAcross(() -> Await.value(data.delete("n", "t")), unknown);
    assertThat(deleted.code()).isEqualTo("table.deleted");
    assertThat(deleted)
        .hasMessage(
            "table n.t was deleted while it was read; what was read before is not all of it");
    FedflowException replaced = readAcross(() -> store(2), unknown);
    assertThat(replaced.code()).isEqualTo("table.deleted");
    assertThat(replaced).hasMessageContaining("table n.t was replaced");
    FedflowException missing = readAcross(() -> {}, unknown);
    assertThat(missing.code()).isEqualTo("table.damaged");
    assertThat(missing).hasMessageContainingAll("table n.t", "its file is missing");
    FedflowException other = FedflowException.invalid("other", "of another kind");
    assertThat(readAcross(() -> {}, other)).isSameAs(other);
  }

  @Test
  void bytesThatAreGoneAreReported() throws IOException {
    blobs.delete(store(1).blobKey());
    Refusals.assertRefused("table.damaged", this::read, "gone");
    assertThat(Refusals.of(this::read, "gone")).hasMessageContaining("table n.t");
  }

  @Test
  void noDamageOfTheBytesIsRead() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      store(random.nextDouble(), random.nextDouble());
      int kind = random.nextInt(4);
      blobs.spoil(
          bytes ->
              switch (kind) {
                case 0 -> Damage.mutate(bytes, random);
                case 1 -> Damage.splice(bytes, random);
                case 2 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
                default -> Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(9));
              });
      Refusals.assertRefused("table.damaged", this::read, "seed " + seed);
      assertThat(Refusals.of(this::read, "seed " + seed)).hasMessageContaining("table n.t");
    }
  }

  @Test
  void anotherSoundTableInItsPlaceIsNoticed() {
    store(1);
    byte[][] first = new byte[1][];
    blobs.spoil(bytes -> first[0] = bytes);
    store(2);
    blobs.spoil(bytes -> first[0]);
    Refusals.assertRefused("table.damaged", this::read, "exchanged");
  }

  @Test
  void aCatalogThatFailsLeavesNoBlob() {
    store(1);
    putFailure = new FedflowException(FailureKind.UNAVAILABLE, "store.down", "down");
    Refusals.assertRefused("store.down", () -> store(2), "down");
    putFailure = null;
    assertThat(blobs.keys()).hasSize(1);
    assertThat(read()).containsExactly(1);
  }

  @Test
  void aCatalogThatDoesNotAnswerKeepsTheBlobItMayName() {
    putFailure = new FedflowException(FailureKind.UNKNOWN, "store.unknown", "no answer");
    Refusals.assertRefused("store.unknown", () -> store(2), "no answer");
    assertThat(blobs.keys()).hasSize(1);
  }

  @Test
  void blobsThatFailAreUnavailable() {
    Table table = Jobs.table(1);
    store(1);
    blobs.fail(new IOException("disk full"));
    FedflowException refusal = Refusals.of(() -> store(2), "full");
    assertThat(refusal.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(refusal).hasMessageContaining("n.t").hasMessageContaining("disk full");
    assertThat(Refusals.of(this::read, "full").kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(Await.value(data.delete("n", "t"))).isTrue();
    assertThat(Await.value(data.delete("n", "t"))).isFalse();
    Refusals.assertRefused("table.unknown", this::read, "deleted");
    blobs.fail(null);
    data.store(StoreRequest.upload("n", "t"), table);
    assertThat(read()).containsExactly(1);
  }

  @Test
  void namesAndPartitionsAreChecked() {
    for (String name : new String[] {null, "", " ", "a\nb", "a\0b", "x".repeat(192)}) {
      Refusals.assertRefused("table.name", () -> StoreRequest.upload("n", name), "name " + name);
      Refusals.assertRefused("table.name", () -> StoreRequest.upload(name, "t"), "ns " + name);
    }
    StoreRequest.upload("n".repeat(191), "é 1:2/3");
    for (int partitions : new int[] {0, 1024, -1}) {
      Refusals.assertRefused(
          "table.partitions",
          () -> new StoreRequest("n", "t", partitions, "upload", true, Map.of()),
          "partitions " + partitions);
    }
  }
}
