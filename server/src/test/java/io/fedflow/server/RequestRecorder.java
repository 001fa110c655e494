package io.fedflow.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between a client and a server, passes on what the client asks, and writes it down. */
final class RequestRecorder implements AutoCloseable {

  private final HttpServer door;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String server;
  private final String site;
  private final List<Passed> passed;
  private volatile String label = "";

  /** Listens on a free port. */
  RequestRecorder(String server) throws IOException {
    this(server, "", new CopyOnWriteArrayList<>());
  }

  private RequestRecorder(String server, String site, List<Passed> passed) throws IOException {
    this.server = server;
    this.site = site;
    this.passed = passed;
    door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    door.setExecutor(threads);
    door.createContext("/", this::pass);
    door.start();
  }

  String url() {
    return "http://127.0.0.1:" + door.getAddress().getPort();
  }

  /** What comes from now on belongs to this command. */
  void begin(String command) {
    label = command;
  }

  /** Another one that writes into the same list, in front of another server. */
  RequestRecorder beside(String otherServer, String name) throws IOException {
    return new RequestRecorder(otherServer, name, passed);
  }

  /** All that came so far, in order. */
  List<Passed> passed() {
    return List.copyOf(passed);
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String target = exchange.getRequestURI().toString();
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(server + target))
              .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
      if (type != null) {
        request.header("Content-Type", type);
      }
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      passed.add(
          new Passed(
              label,
              site,
              exchange.getRequestMethod(),
              target,
              type == null ? "" : type,
              body,
              answer.statusCode(),
              answer.headers().firstValue("Content-Type").orElse(""),
              answer.headers().firstValue("Content-Disposition").isPresent(),
              answer.body()));
      for (String name : List.of("Content-Type", "Content-Disposition")) {
        answer
            .headers()
            .firstValue(name)
            .ifPresent(value -> exchange.getResponseHeaders().set(name, value));
      }
      // Zero would mean a body of unknown length.
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    door.stop(0);
    threads.shutdownNow();
  }

  /** A request and its answer, as they were. */
  record Passed(
      String label,
      String site,
      String method,
      String target,
      String type,
      byte[] body,
      int status,
      String answerType,
      boolean file,
      byte[] answer) {}
}
