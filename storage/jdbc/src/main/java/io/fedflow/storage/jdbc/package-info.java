/**
 * Tables of databases as raw tables, by JDBC. Optional: nothing needs it; a host finds it as {@link
 * io.fedflow.spi.SqlTables}. It blocks its callers, writes nothing to databases, and asks only
 * those that its caller names.
 */
package io.fedflow.storage.jdbc;
