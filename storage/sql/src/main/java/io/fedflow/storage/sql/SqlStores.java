package io.fedflow.storage.sql;

import io.fedflow.spi.BlobStore;
import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.Stores;

/** Makes stores over a database. */
public final class SqlStores {

  private SqlStores() {}

  /**
   * Stores over a database whose schema is up to date.
   *
   * @param sql the database
   * @param json writes and reads JSON columns
   * @param blobs where bytes lie
   * @param closer ends the database
   */
  public static Stores over(SqlEngine sql, JsonCodec json, BlobStore blobs, Runnable closer) {
    Trees trees = new Trees(json);
    return new Stores(
        new SqlJobStore(sql, trees),
        new SqlTrackingStore(sql, trees),
        new SqlTableCatalog(sql, trees),
        new SqlModelStore(sql, trees),
        blobs,
        new SqlServiceRegistry(sql),
        closer);
  }
}
