/**
 * Signals as Flight Recorder events, all under {@code Fedflow}. Needs the module {@code jdk.jfr}
 * only; an event that no recording asks for costs next to nothing.
 */
package io.fedflow.telemetry.jfr;
