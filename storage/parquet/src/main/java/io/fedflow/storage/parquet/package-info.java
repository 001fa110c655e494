/**
 * Tables as Parquet files under a manifest, and Parquet files as tables, by DuckDB. Optional:
 * nothing needs it; a host finds it as a {@link io.fedflow.spi.TableEngine.Provider}. All of it
 * blocks its callers.
 */
package io.fedflow.storage.parquet;
