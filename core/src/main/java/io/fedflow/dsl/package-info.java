/**
 * Job documents: parsing and checking DSL and runtime conf, and the one neutral plan they become.
 * Start at {@link io.fedflow.dsl.JobPlanner}; nothing behind this package knows the versions of the
 * documents.
 */
package io.fedflow.dsl;
