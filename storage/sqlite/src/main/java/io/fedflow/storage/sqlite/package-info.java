/**
 * The embedded durable store: one SQLite file and a folder of blobs, for one server at a time.
 * Start at {@link io.fedflow.storage.sqlite.SqliteStores}.
 */
package io.fedflow.storage.sqlite;
