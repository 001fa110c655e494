/** Who may ask a server: clients sign their requests with keys that the server knows. */
package io.fedflow.transport.http.auth;
