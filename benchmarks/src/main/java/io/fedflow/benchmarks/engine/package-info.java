/** What the engine costs: transitions, latencies, planning, waiting jobs. */
package io.fedflow.benchmarks.engine;
