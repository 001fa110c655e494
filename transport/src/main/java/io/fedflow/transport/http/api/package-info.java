/** The description of all routes in OpenAPI 3.1, and the page that shows it. */
package io.fedflow.transport.http.api;
