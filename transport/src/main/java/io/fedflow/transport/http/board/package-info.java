/** Our own routes: the page, the views behind it, live events, health. */
package io.fedflow.transport.http.board;
