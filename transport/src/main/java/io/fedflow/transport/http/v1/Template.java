package io.fedflow.transport.http.v1;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * An example that clients may take away.
 *
 * @param path its folders and its name in the archive
 * @param content opens it; the caller closes it
 */
public record Template(List<String> path, Content content) {

  /** Copies the list. */
  public Template {
    path = List.copyOf(path);
  }

  /** Opens an example; blocking. */
  @FunctionalInterface
  public interface Content {
    /** A fresh stream of all bytes. */
    InputStream open() throws IOException;
  }
}
