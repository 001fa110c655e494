package io.fedflow.testkit.sim;

import io.fedflow.data.TableEntry;
import io.fedflow.spi.TableCatalog;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Which tables there are, on the disk of {@link FaultyJobStore}; see {@link SlowCalls}. */
final class FaultyTableCatalog implements TableCatalog {

  private final TableCatalog disk;
  private final Life life;
  private final Weather weather;

  FaultyTableCatalog(TableCatalog disk, Life life, Weather weather) {
    this.disk = disk;
    this.life = life;
    this.weather = weather;
  }

  @Override
  public CompletionStage<Optional<TableEntry>> put(TableEntry entry) {
    return SlowCalls.of(life, weather, () -> disk.put(entry));
  }

  @Override
  public CompletionStage<Optional<TableEntry>> find(String namespace, String name) {
    return SlowCalls.of(life, weather, () -> disk.find(namespace, name));
  }

  @Override
  public CompletionStage<List<TableEntry>> list(String namespace, int offset, int limit) {
    return SlowCalls.of(life, weather, () -> disk.list(namespace, offset, limit));
  }

  @Override
  public CompletionStage<Optional<TableEntry>> delete(String namespace, String name) {
    return SlowCalls.of(life, weather, () -> disk.delete(namespace, name));
  }
}
