/** What the wire between two sites carries, beside what bare Vert.x gRPC carries. */
package io.fedflow.benchmarks.wire;
