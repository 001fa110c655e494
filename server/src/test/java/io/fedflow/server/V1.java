package io.fedflow.server;

import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/** Calls to FATE's routes as its clients send them: JSON out, envelope back. */
record V1(String base) {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final JacksonJsonCodec CODEC = new JacksonJsonCodec();

  static V1 of(TestServer server) {
    return new V1(server.server().url() + "/v1/");
  }

  /** The envelope. */
  @SuppressWarnings("unchecked")
  Map<String, Object> post(String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(CODEC.write(body)))
            .build();
    return (Map<String, Object>) CODEC.read(CLIENT.send(request, BodyHandlers.ofString()).body());
  }

  /** The payload. */
  Object data(String path, Map<String, Object> body) throws IOException, InterruptedException {
    return post(path, body).get("data");
  }
}
