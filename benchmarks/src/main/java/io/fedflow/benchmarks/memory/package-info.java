/** What many jobs leave behind in a process. */
package io.fedflow.benchmarks.memory;
