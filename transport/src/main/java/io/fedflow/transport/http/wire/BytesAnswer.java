package io.fedflow.transport.http.wire;

import io.vertx.core.buffer.Buffer;

/**
 * A small document.
 *
 * @param name what the client calls it as a download; empty to show it in place
 * @param contentType its media type
 * @param bytes its content
 */
public record BytesAnswer(String name, String contentType, Buffer bytes) implements Answer {}
