package io.fedflow.transport.client;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Writes down what arrives and answers what a test says. */
final class RecordingServer implements AutoCloseable {

  static final Reply GOOD = Reply.json(200, "{\"retcode\":0,\"retmsg\":\"success\"}");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Arrived> arrived = new CopyOnWriteArrayList<>();
  private final Queue<Reply> replies = new ArrayDeque<>();

  RecordingServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** The next answers in order; after them all is good. */
  RecordingServer then(Reply... next) {
    synchronized (replies) {
      replies.addAll(List.of(next));
    }
    return this;
  }

  List<Arrived> arrived() {
    return arrived;
  }

  Arrived last() {
    return arrived.get(arrived.size() - 1);
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    arrived.add(
        new Arrived(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            exchange.getRequestURI().getRawQuery(),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    Reply reply;
    synchronized (replies) {
      reply = replies.isEmpty() ? GOOD : replies.remove();
    }
    if (reply.body() != null) {
      Headers out = exchange.getResponseHeaders();
      reply.headers().forEach(out::set);
      exchange.sendResponseHeaders(reply.status(), reply.body().length);
      exchange.getResponseBody().write(reply.body());
    }
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** A request as it came. */
  record Arrived(
      String method, String path, String query, Map<String, String> headers, String body) {}

  /** An answer; without a body the connection is cut. */
  record Reply(int status, byte[] body, Map<String, String> headers) {

    static final Reply CUT = new Reply(0, null, Map.of());

    static Reply json(int status, String text) {
      return new Reply(
          status,
          text.getBytes(StandardCharsets.UTF_8),
          Map.of("Content-Type", "application/json"));
    }
  }
}
