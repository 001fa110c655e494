/** Signals as Micrometer meters; the host brings {@code micrometer-core} and its registry. */
package io.fedflow.telemetry.micrometer;
