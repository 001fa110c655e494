package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads JSON objects from files and from the examples that come along. */
final class Documents {

  private static final JacksonJsonCodec CODEC = new JacksonJsonCodec();

  private Documents() {}

  /**
   * A file.
   *
   * @throws FedflowException {@code file.unreadable} or {@code file.json}
   */
  static Map<String, Object> read(Path file) {
    return object(file.toString(), text(file));
  }

  /**
   * The text of a file.
   *
   * @throws FedflowException {@code file.unreadable}
   */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw FedflowException.invalid("file.unreadable", "no readable text file at " + file);
    }
  }

  /**
   * Any JSON value in a file.
   *
   * @throws FedflowException {@code file.unreadable} or {@code file.json}
   */
  static Object value(Path file) {
    return value(file.toString(), text(file));
  }

  /** A file of {@code examples/}. */
  static Map<String, Object> example(String name) throws IOException {
    try (InputStream in = open(name)) {
      return object(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /** Copies a file of {@code examples/} into a folder. */
  static Path copy(String name, Path folder) throws IOException {
    Path target = folder.resolve(Path.of(name).getFileName());
    try (InputStream in = open(name)) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    }
    return target;
  }

  private static InputStream open(String name) throws IOException {
    InputStream in = Documents.class.getResourceAsStream(name);
    if (in == null) {
      throw new IOException("the build lacks the example " + name + "; build again");
    }
    return in;
  }

  /** One line of JSON. */
  static String write(Object tree) {
    return CODEC.write(tree);
  }

  private static Map<String, Object> object(String name, String text) {
    Object tree = value(name, text);
    if (!(tree instanceof Map<?, ?> map)) {
      throw FedflowException.invalid("file.json", name + ": expected a JSON object");
    }
    Map<String, Object> object = new LinkedHashMap<>();
    map.forEach((key, value) -> object.put(String.valueOf(key), value));
    return object;
  }

  private static Object value(String name, String text) {
    try {
      return CODEC.read(text);
    } catch (FedflowException malformed) {
      throw FedflowException.invalid("file.json", name + ": " + malformed.getMessage());
    }
  }
}
