package io.fedflow.spi;

/**
 * The stores of one site, which live and end together.
 *
 * @param jobs jobs, tasks, events
 * @param tracking metrics, summaries, outputs, logs
 * @param tables which tables there are
 * @param models which models there are
 * @param blobs bytes of tables and models
 * @param servers which servers work on these stores
 * @param closer ends all of them; called once
 */
public record Stores(
    JobStore jobs,
    TrackingStore tracking,
    TableCatalog tables,
    ModelStore models,
    BlobStore blobs,
    ServiceRegistry servers,
    Runnable closer)
    implements AutoCloseable {

  @Override
  public void close() {
    closer.run();
  }
}
