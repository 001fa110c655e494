/** Commands about the stores of a server, which need no server: they open the stores themselves. */
package io.fedflow.server.db;
