/** Routes of our own about other parties: where they are, and whether they can be reached. */
package io.fedflow.transport.http.party;
