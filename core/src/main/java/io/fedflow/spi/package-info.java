/**
 * Ports to the outside: stores, links, JSON. Each has numbered promises and one conformance kit.
 */
package io.fedflow.spi;
