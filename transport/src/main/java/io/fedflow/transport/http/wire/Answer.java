package io.fedflow.transport.http.wire;

/** What an endpoint answers. */
public sealed interface Answer permits Envelope, FileAnswer, StreamAnswer, BytesAnswer {}
