package io.fedflow.transport.http.wire;

import java.nio.file.Path;

/**
 * A file to download; it is deleted once it was sent.
 *
 * @param name what the client calls it
 * @param contentType its media type
 * @param file where it lies now
 */
public record FileAnswer(String name, String contentType, Path file) implements Answer {}
