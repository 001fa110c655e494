/**
 * A client for the HTTP edge, on the JDK's own HTTP client alone: nothing of Vert.x is loaded, so a
 * command line starts fast.
 */
package io.fedflow.transport.client;
