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
 * @param instances which processes share these stores, and who of them owns which job
 * @param closer ends all of them; called once
 */
public record Stores(
    JobStore jobs,
    TrackingStore tracking,
    TableCatalog tables,
    ModelStore models,
    BlobStore blobs,
    ServiceRegistry servers,
    SiteInstances instances,
    Runnable closer)
    implements AutoCloseable {

  /** Stores that one process has for itself. */
  public Stores(
      JobStore jobs,
      TrackingStore tracking,
      TableCatalog tables,
      ModelStore models,
      BlobStore blobs,
      ServiceRegistry servers,
      Runnable closer) {
    this(jobs, tracking, tables, models, blobs, servers, new SoleInstance(), closer);
  }

  @Override
  public void close() {
    closer.run();
  }
}
