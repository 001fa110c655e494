/** The HTTP edge of a site: options, start, stop. Routes live in the packages below. */
package io.fedflow.transport.http;
