package io.fedflow.transport.client;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JsonCodec;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Sends requests and reads envelopes. Thread-safe. */
final class Wire {

  private static final byte[] NOTHING = {};

  private final ClientOptions options;
  private final JsonCodec codec;
  private final HttpClient client;
  private final Optional<RequestSigner> signer;

  /** Unsigned, or signed by whoever makes the requests. */
  Wire(ClientOptions options, JsonCodec codec) {
    this(options, codec, Optional.empty());
  }

  /**
   * Signs every request.
   *
   * @param signer empty for unsigned requests
   */
  Wire(ClientOptions options, JsonCodec codec, Optional<RequestSigner> signer) {
    this.signer = signer;
    this.options = options;
    this.codec = codec;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(options.connectTimeout())
            .build();
  }

  ClientOptions options() {
    return options;
  }

  JsonCodec codec() {
    return codec;
  }

  /** A request without a body. */
  HttpRequest.Builder request(String path) {
    return transfer(path).timeout(options.requestTimeout());
  }

  /** A request with a JSON body. */
  HttpRequest.Builder request(String method, String path, Object tree) {
    byte[] body = codec.write(tree).getBytes(StandardCharsets.UTF_8);
    return signed(path, body)
        .timeout(options.requestTimeout())
        .header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofByteArray(body));
  }

  /**
   * A request whose body may take any time: the timeout would count the sending as well. The body
   * is not signed.
   */
  HttpRequest.Builder transfer(String path) {
    return signed(path, NOTHING);
  }

  private HttpRequest.Builder signed(String path, byte[] body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path));
    signer.ifPresent(keys -> keys.headers(path, body, Map.of()).forEach(request::header));
    return request;
  }

  /** The envelope of a request that succeeded. */
  CompletableFuture<Map<String, Object>> envelope(HttpRequest request) {
    return answer(request).thenApply(answer -> answer.checked().envelope());
  }

  /** What the server says to a request, whether it refuses or not. */
  CompletableFuture<Answer> answer(HttpRequest request) {
    return watched(request, text(), new Stall(options.requestTimeout())).thenApply(this::read);
  }

  /** Sends a body of any size and gives what the server says to it. */
  CompletableFuture<Answer> upload(HttpRequest.Builder request, BodyPublisher body) {
    Stall stall = new Stall(options.requestTimeout());
    return watched(request.POST(stall.watched(body)).build(), text(), stall).thenApply(this::read);
  }

  /** Stores the file that a request answers with. */
  CompletableFuture<Path> file(HttpRequest request, Path target) {
    return download(request, target).thenApply(headers -> target);
  }

  /** Stores the file that a request answers with and gives the headers that came with it. */
  CompletableFuture<HttpHeaders> download(HttpRequest request, Path target) {
    // Only HTTP 200 means that the body is the file.
    BodyHandler<String> handler =
        info ->
            info.statusCode() == 200
                ? BodySubscribers.mapping(BodySubscribers.ofFile(target), stored -> "")
                : BodySubscribers.ofString(StandardCharsets.UTF_8);
    return watched(request, handler, new Stall(options.requestTimeout()))
        .thenApply(
            response -> {
              if (response.statusCode() != 200) {
                throw ClientFailures.refusal(
                    response.statusCode(), tree(response.statusCode(), response.body()));
              }
              return response.headers();
            });
  }

  <T> CompletableFuture<HttpResponse<T>> send(HttpRequest request, BodyHandler<T> handler) {
    return translated(client.sendAsync(request, handler));
  }

  /** Reads an envelope and turns a refusal into its failure. */
  Map<String, Object> checked(int status, String text) {
    return new Answer(status, tree(status, text)).checked().envelope();
  }

  private <T> CompletableFuture<HttpResponse<T>> watched(
      HttpRequest request, BodyHandler<T> handler, Stall stall) {
    return translated(stall.guard(client.sendAsync(request, stall.watched(handler))));
  }

  private <T> CompletableFuture<T> translated(CompletableFuture<T> sent) {
    return sent.exceptionally(
        failure -> {
          throw new CompletionException(ClientFailures.transport(options.server(), failure));
        });
  }

  private Answer read(HttpResponse<String> response) {
    return new Answer(response.statusCode(), tree(response.statusCode(), response.body()));
  }

  private static BodyHandler<String> text() {
    return BodyHandlers.ofString(StandardCharsets.UTF_8);
  }

  private Map<String, Object> tree(int status, String text) {
    try {
      Map<String, Object> tree = Trees.object(codec.read(text));
      if (tree.containsKey("retcode")) {
        return tree;
      }
    } catch (FedflowException e) {
      throw ClientFailures.strange(options.server(), status, text);
    }
    throw ClientFailures.strange(options.server(), status, text);
  }

  private String base() {
    String base = options.server().toString();
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }
}
