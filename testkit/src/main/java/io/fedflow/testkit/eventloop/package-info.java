/**
 * Fails tests whose code blocks an event loop; it registers itself where the kit is on the path.
 */
package io.fedflow.testkit.eventloop;
