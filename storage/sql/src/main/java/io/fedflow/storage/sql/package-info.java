/**
 * The store ports over SQL, written once for SQLite and Postgres. Here live the statements, the
 * schema as numbered migrations, and the mapping of rows; never a driver: a database implements
 * {@link io.fedflow.storage.sql.SqlEngine}. Start at {@link io.fedflow.storage.sql.SqlStores}.
 */
package io.fedflow.storage.sql;
