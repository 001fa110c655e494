package io.fedflow.transport.http.wire;

import java.io.IOException;
import java.io.OutputStream;

/**
 * A download that is made while it is sent. What fails before the first byte can still be told;
 * what fails later breaks the connection, so that no client takes a part for the whole.
 *
 * @param name what the client calls it
 * @param contentType its media type
 * @param content writes it
 */
public record StreamAnswer(String name, String contentType, Content content) implements Answer {

  /** Writes a download. */
  @FunctionalInterface
  public interface Content {
    /** Writes everything, on a thread that may block; the stream is not to be closed. */
    void writeTo(OutputStream out) throws IOException;
  }
}
