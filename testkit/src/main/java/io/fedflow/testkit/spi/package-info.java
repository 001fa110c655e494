/**
 * The conformance kits of the small ports: JSON, timers, telemetry. Extend each contract in a test;
 * a test's name starts with the promise of the port that it cites.
 */
package io.fedflow.testkit.spi;
