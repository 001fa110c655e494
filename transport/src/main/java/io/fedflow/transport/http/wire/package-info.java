/**
 * What every route shares: reading requests, FATE's envelope, failures, request ids. No route lives
 * here.
 */
package io.fedflow.transport.http.wire;
