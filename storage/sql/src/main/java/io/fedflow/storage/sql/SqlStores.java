package io.fedflow.storage.sql;

import io.fedflow.spi.BlobStore;
import io.fedflow.spi.JsonCodec;
import io.fedflow.spi.SiteInstances;
import io.fedflow.spi.SoleInstance;
import io.fedflow.spi.Stores;

/** Makes stores over a database. */
public final class SqlStores {

  private SqlStores() {}

  /**
   * Stores over a database whose schema is up to date and that one process has for itself.
   *
   * @param sql the database
   * @param json writes and reads JSON columns
   * @param blobs where bytes lie
   * @param closer ends the database
   */
  public static Stores over(SqlEngine sql, JsonCodec json, BlobStore blobs, Runnable closer) {
    return over(sql, json, blobs, new SoleInstance(), FirstTurns.PLAIN, closer);
  }

  /**
   * Stores over a database that several processes share.
   *
   * @param instances who they are
   * @param first what makes the owner of a new job
   */
  public static Stores over(
      SqlEngine sql,
      JsonCodec json,
      BlobStore blobs,
      SiteInstances instances,
      FirstTurns first,
      Runnable closer) {
    Trees trees = new Trees(json);
    return new Stores(
        new SqlJobStore(sql, trees, first),
        new SqlTrackingStore(sql, trees),
        new SqlTableCatalog(sql, trees),
        new SqlModelStore(sql, trees),
        blobs,
        new SqlServiceRegistry(sql),
        instances,
        closer);
  }
}
