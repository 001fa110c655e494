/**
 * Where a server's options come from: the command line, the environment, a file, and what each is
 * by default; the first that gives an option counts.
 */
package io.fedflow.server.config;
