/** Signals as OpenTelemetry spans; the host brings the SDK. */
package io.fedflow.telemetry.otel;
