/** Passes requests on to the server of this site that has their job. */
package io.fedflow.transport.http.owner;
