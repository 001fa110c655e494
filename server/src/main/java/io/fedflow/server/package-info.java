/**
 * The composition root: configuration, start-up and wiring of a server. No rules of jobs and no
 * routes live here.
 */
package io.fedflow.server;
