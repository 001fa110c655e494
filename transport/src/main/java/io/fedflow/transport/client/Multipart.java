package io.fedflow.transport.client;

import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * One file as a multipart body that streams from the disk.
 *
 * @param boundary what separates the parts
 */
record Multipart(String boundary) {

  static Multipart fresh() {
    return new Multipart("fedflow-" + UUID.randomUUID());
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /**
   * The body.
   *
   * @param fields text parts that go before the file
   * @param file the last part, called {@code file}
   * @throws FileNotFoundException if there is no such file
   */
  BodyPublisher of(Map<String, String> fields, Path file) throws FileNotFoundException {
    StringBuilder head = new StringBuilder();
    fields.forEach(
        (name, value) -> head.append(opened(name)).append("\r\n\r\n").append(value).append("\r\n"));
    head.append(opened("file"))
        .append("; filename=\"")
        .append(harmless(file.getFileName().toString()))
        .append("\"\r\nContent-Type: application/octet-stream\r\n\r\n");
    return BodyPublishers.concat(
        BodyPublishers.ofString(head.toString()),
        BodyPublishers.ofFile(file),
        BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
  }

  private String opened(String name) {
    return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + harmless(name) + '"';
  }

  private static String harmless(String name) {
    return name.replaceAll("[\"\\r\\n\\\\]", "_");
  }
}
