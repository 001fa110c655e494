/** What many jobs leave behind in a process, and what one with many rows takes. */
package io.fedflow.benchmarks.memory;
