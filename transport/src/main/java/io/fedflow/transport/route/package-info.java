/**
 * Where other parties are: addresses, the table of routes, and the file that keeps it. Needs no
 * Vert.x.
 */
package io.fedflow.transport.route;
