/**
 * The shared durable store: Postgres through the asynchronous Vert.x client. Start at {@link
 * io.fedflow.storage.postgres.PostgresStores}.
 */
package io.fedflow.storage.postgres;
