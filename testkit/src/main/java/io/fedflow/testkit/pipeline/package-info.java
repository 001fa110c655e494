/** The contract of whatever runs the jobs of a pipeline. */
package io.fedflow.testkit.pipeline;
