/** What the stores do in a second, each beside what lies under it. */
package io.fedflow.benchmarks.storage;
