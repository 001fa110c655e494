/** How a server of a site finds the one that has a job, and passes on what only that one can do. */
package io.fedflow.transport.owner;
