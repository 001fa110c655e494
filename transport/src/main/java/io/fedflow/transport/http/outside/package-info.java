/**
 * What a server knows of and does with the world outside its site: registered services, connectors
 * to databases, forwarded requests. Nothing is reached that the operator did not allow.
 */
package io.fedflow.transport.http.outside;
