/**
 * Job documents: parsing and checking DSL and runtime conf, and the one neutral plan they become.
 */
package io.fedflow.dsl;
