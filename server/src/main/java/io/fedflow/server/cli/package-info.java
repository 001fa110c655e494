/**
 * The commands of {@code ./fedflow}. They know a server only through its Java client; what starts
 * servers is handed in.
 */
package io.fedflow.server.cli;
