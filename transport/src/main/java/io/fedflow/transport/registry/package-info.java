/** A registry of a site's servers in a file, for sites without a database that they share. */
package io.fedflow.transport.registry;
