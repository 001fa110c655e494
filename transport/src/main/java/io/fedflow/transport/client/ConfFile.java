package io.fedflow.transport.client;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JsonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads a document of its user from disk. */
final class ConfFile {

  private ConfFile() {}

  /**
   * The object in a file.
   *
   * @throws FedflowException that names the file, if it cannot be read or holds no JSON object
   */
  static Map<String, Object> read(Path file, JsonCodec codec) {
    Object tree;
    try {
      tree = codec.read(text(file));
    } catch (FedflowException e) {
      if (e.code().equals("file.unreadable")) {
        throw e;
      }
      throw FedflowException.invalid("file.malformed", file + ": " + e.getMessage());
    }
    if (!(tree instanceof Map<?, ?>)) {
      throw FedflowException.invalid("file.malformed", file + ": expected a JSON object");
    }
    return Trees.object(tree);
  }

  /** The text of a file. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw FedflowException.invalid("file.unreadable", "no readable text file at " + file);
    }
  }
}
