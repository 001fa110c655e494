/** What the HTTP edge costs: large files, and many small requests. */
package io.fedflow.benchmarks.edge;
