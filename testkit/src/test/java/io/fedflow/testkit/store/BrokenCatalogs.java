package io.fedflow.testkit.store;

import io.fedflow.component.TaskId;
import io.fedflow.data.TableEntry;
import io.fedflow.memory.MemoryStores;
import io.fedflow.model.ModelEntry;
import io.fedflow.model.PipelineModel;
import io.fedflow.party.Party;
import io.fedflow.spi.ForwardingTrackingStore;
import io.fedflow.spi.LogQuery;
import io.fedflow.spi.ModelStore;
import io.fedflow.spi.Stores;
import io.fedflow.spi.TableCatalog;
import io.fedflow.spi.TrackingStore;
import io.fedflow.tracking.LogLine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Contracts run against broken tracking, table and model stores. Not run by themselves. */
final class BrokenCatalogs {

  private BrokenCatalogs() {}

  /** Says what a method that is to be broken gives back; {@code kept} has done the right thing. */
  @FunctionalInterface
  private interface Break {
    Object result(Object kept, Object[] arguments);
  }

  private static <T> T breaking(Class<T> port, T kept, String method, Break broken) {
    Object proxy =
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, called, arguments) -> {
              try {
                Object result = called.invoke(kept, arguments);
                return called.getName().equals(method) ? broken.result(result, arguments) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return port.cast(proxy);
  }

  @SuppressWarnings("unchecked")
  private static <T> CompletionStage<T> stage(Object kept) {
    return (CompletionStage<T>) kept;
  }

  private static Stores with(TrackingStore tracking, TableCatalog tables, ModelStore models) {
    Stores whole = MemoryStores.create();
    return new Stores(
        whole.jobs(), tracking, tables, models, whole.blobs(), whole.servers(), () -> {});
  }

  private static Stores tracking(String method, Break broken) {
    TrackingStore kept = MemoryStores.create().tracking();
    return with(breaking(TrackingStore.class, kept, method, broken), null, null);
  }

  private static Stores tables(String method, Break broken) {
    TableCatalog kept = MemoryStores.create().tables();
    return with(null, breaking(TableCatalog.class, kept, method, broken), null);
  }

  private static Stores models(String method, Break broken) {
    ModelStore kept = MemoryStores.create().models();
    return with(null, null, breaking(ModelStore.class, kept, method, broken));
  }

  /** T1: opens empty. */
  static class TrackingForgetsAtRestart extends TrackingStoreContract {
    @Override
    protected Stores open() {
      return MemoryStores.create();
    }
  }

  /** T2: gives points back in reverse. */
  static class ReversesPoints extends TrackingStoreContract {
    @Override
    protected Stores open() {
      return tracking(
          "metrics",
          (kept, arguments) ->
              BrokenCatalogs.<List<Object>>stage(kept)
                  .thenApply(
                      points -> {
                        List<Object> reversed = new ArrayList<>(points);
                        Collections.reverse(reversed);
                        return reversed;
                      }));
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  /** T3: the first summary stays. */
  static class KeepsTheFirstSummary extends TrackingStoreContract {
    @Override
    protected Stores open() {
      Map<Object, Object> first = new java.util.HashMap<>();
      return tracking(
          "summary",
          (kept, arguments) ->
              BrokenCatalogs.<Optional<Object>>stage(kept)
                  .thenApply(
                      found ->
                          found.map(
                              summary ->
                                  arguments[0].equals(new TaskId("job", "lr_0", 0))
                                      ? first.computeIfAbsent("only", k -> Map.of("auc", 0.5))
                                      : summary)));
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  /** T4: never finds an output. */
  static class FindsNoOutputs extends TrackingStoreContract {
    @Override
    protected Stores open() {
      return tracking("outputs", (kept, arguments) -> CompletableFuture.completedStage(List.of()));
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  /** T5: loses the last line of a page. */
  static class LosesTheLastLine extends TrackingStoreContract {
    @Override
    protected Stores open() {
      return tracking(
          "log",
          (kept, arguments) ->
              BrokenCatalogs.<List<Object>>stage(kept)
                  .thenApply(lines -> lines.subList(0, Math.max(0, lines.size() - 1))));
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  /** T6: deletes no metrics. */
  static class KeepsMetrics extends TrackingStoreContract {
    @Override
    protected Stores open() {
      TrackingStore kept = MemoryStores.create().tracking();
      return with(
          new ForwardingTrackingStore(kept) {
            @Override
            public CompletionStage<Void> deleteMetrics(String jobId) {
              return CompletableFuture.completedStage(null);
            }
          },
          null,
          null);
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  /** T7: deletes no logs. */
  static class KeepsLogs extends TrackingStoreContract {
    @Override
    protected Stores open() {
      TrackingStore kept = MemoryStores.create().tracking();
      return with(
          new ForwardingTrackingStore(kept) {
            @Override
            public CompletionStage<Void> deleteLog(String jobId) {
              return CompletableFuture.completedStage(null);
            }
          },
          null,
          null);
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  /** T8: looks at no text. */
  static class FindsAnyText extends TrackingStoreContract {
    @Override
    protected Stores open() {
      TrackingStore kept = MemoryStores.create().tracking();
      return with(
          new ForwardingTrackingStore(kept) {
            @Override
            public CompletionStage<List<LogLine>> searchLog(LogQuery query) {
              return kept.searchLog(
                  new LogQuery(
                      query.jobId(),
                      query.role(),
                      query.partyId(),
                      query.component(),
                      query.minimumLevel(),
                      "",
                      query.after(),
                      query.limit()));
            }
          },
          null,
          null);
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  /** T9: tells jobs whose outputs were dropped, too. */
  static class TellsDroppedOutputs extends TrackingStoreContract {
    @Override
    protected Stores open() {
      TrackingStore kept = MemoryStores.create().tracking();
      return with(
          new ForwardingTrackingStore(kept) {
            @Override
            public CompletionStage<List<String>> jobsWith(Kind kind, String after, int limit) {
              return kept.jobsWith(kind == Kind.OUTPUTS ? Kind.LOGS : kind, after, limit);
            }
          },
          null,
          null);
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  /** C2: does not give back what it replaced. */
  static class HidesTheReplacedEntry extends TableCatalogContract {
    @Override
    protected Stores open() {
      return tables("put", (kept, arguments) -> CompletableFuture.completedStage(Optional.empty()));
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  /** C3: knows no order. */
  static class ListsOldestFirst extends TableCatalogContract {
    @Override
    protected Stores open() {
      return tables(
          "list",
          (kept, arguments) ->
              BrokenCatalogs.<List<TableEntry>>stage(kept)
                  .thenApply(
                      entries ->
                          entries.stream()
                              .sorted(java.util.Comparator.comparing(TableEntry::createTime))
                              .toList()));
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  /** M2: lists by name instead of in order of storing. */
  static class SortsModels extends ModelStoreContract {
    @Override
    protected Stores open() {
      return models(
          "list",
          (kept, arguments) ->
              BrokenCatalogs.<List<ModelEntry>>stage(kept)
                  .thenApply(
                      entries ->
                          entries.stream()
                              .sorted(java.util.Comparator.comparing(ModelEntry::component))
                              .toList()));
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  /** M3: gives any party's model. */
  static class IgnoresTheParty extends ModelStoreContract {
    @Override
    protected Stores open() {
      return models(
          "find",
          (kept, arguments) ->
              BrokenCatalogs.<Optional<ModelEntry>>stage(kept)
                  .thenApply(
                      found ->
                          found.map(entry -> StoreRows.model("v1", guest(), entry.component()))));
    }

    private static Party guest() {
      return StoreRows.GUEST;
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  /** M4: reads a pipeline model as it was first stored. */
  static class KeepsTheFirstPipeline extends ModelStoreContract {
    @Override
    protected Stores open() {
      return models(
          "pipelines",
          (kept, arguments) ->
              BrokenCatalogs.<List<PipelineModel>>stage(kept)
                  .thenApply(
                      rows ->
                          rows.stream()
                              .map(row -> StoreRows.pipeline(row.modelVersion(), row.party()))
                              .toList()));
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  /** M5: hides what it removed. */
  static class RemovesNothing extends ModelStoreContract {
    @Override
    protected Stores open() {
      return models(
          "removeEntries",
          (kept, arguments) -> CompletableFuture.completedStage(List.<ModelEntry>of()));
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }
}
