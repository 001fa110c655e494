package io.fedflow.transport.client;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JsonCodec;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Sends what the groups of {@link FlowClient} ask: signs it, repeats questions. Thread-safe. */
final class FlowRoutes {

  private static final byte[] NOTHING = {};

  private final FlowOptions options;
  private final Wire wire;
  private final RequestSigner signer;

  /**
   * Routes of one server.
   *
   * @param signer null for unsigned requests
   */
  FlowRoutes(FlowOptions options, Wire wire, RequestSigner signer) {
    this.options = options;
    this.wire = wire;
    this.signer = signer;
  }

  JsonCodec codec() {
    return wire.codec();
  }

  /** Asks something that changes nothing; asked again when the connection fails. */
  Pending<Answer> read(String path, Fields body) {
    byte[] bytes = json(body);
    return new Pending<>(attempt(path, bytes, options.readRetries(), options.retryPause()));
  }

  /** Asks for a change; sent once. */
  Pending<Answer> write(String path, Fields body) {
    return new Pending<>(wire.answer(request("POST", path, json(body))));
  }

  /** Asks for a change that needs no words; sent without a body. */
  Pending<Answer> writeNothing(String path) {
    return new Pending<>(wire.answer(request("POST", path, NOTHING)));
  }

  /** {@link #read} without a body. */
  Pending<Answer> readNothing(String path) {
    return new Pending<>(attempt(path, NOTHING, options.readRetries(), options.retryPause()));
  }

  /**
   * Asks with the object in a file, if there is one.
   *
   * @param then called at once with the object
   */
  <T> Pending<T> withConf(Path conf, Function<Map<String, Object>, Pending<T>> then) {
    Map<String, Object> tree;
    try {
      tree = ConfFile.read(conf, codec());
    } catch (FedflowException e) {
      return Pending.failed(e);
    }
    return then.apply(tree);
  }

  /**
   * Sends a file that streams from the disk.
   *
   * @param path with a query, if the route wants one
   * @param form text fields beside the file
   */
  Pending<Answer> upload(String path, Map<String, String> form, Path file) {
    return upload(path, form, file, TransferListener.NONE);
  }

  /** {@link #upload(String, Map, Path)} with somebody who hears how far it is. */
  Pending<Answer> upload(
      String path, Map<String, String> form, Path file, TransferListener listener) {
    Multipart multipart = Multipart.fresh();
    BodyPublisher body;
    try {
      body = multipart.of(form, file);
    } catch (FileNotFoundException e) {
      return Pending.failed(
          FedflowException.invalid("file.unreadable", "file: no readable file at " + file));
    }
    HttpRequest.Builder request =
        wire.transfer(target(path)).header("Content-Type", multipart.contentType());
    sign(request, target(path), NOTHING, form);
    return new Pending<>(wire.upload(request, told(body, listener)));
  }

  private static BodyPublisher told(BodyPublisher body, TransferListener listener) {
    AtomicLong done = new AtomicLong();
    return Tapped.body(
        body, part -> listener.moved(done.addAndGet(part.remaining()), body.contentLength()));
  }

  /** Stores the {@code tar.gz} that a route answers with, unpacked into a folder of its own. */
  Pending<Path> archive(String method, String path, Fields body, Path output, String name) {
    Path folder = output.resolve(name);
    return download(method, path, body, output, (headers, file) -> Unpacked.into(folder, file));
  }

  /** Stores the file that a route answers with in a folder, under the name that comes with it. */
  Pending<Path> named(String method, String path, Fields body, Path folder, String fallback) {
    return download(
        method,
        path,
        body,
        folder,
        (headers, file) -> moved(file, folder.resolve(name(headers, fallback))));
  }

  /** Stores the file that a route answers with under a name of our own. */
  Pending<Path> stored(String method, String path, Fields body, Path target) {
    Path folder = target.toAbsolutePath().getParent();
    return download(method, path, body, folder, (headers, file) -> moved(file, target));
  }

  /** Only a download that is whole takes its place; a broken one leaves nothing. */
  private Pending<Path> download(
      String method,
      String path,
      Fields body,
      Path folder,
      BiFunction<HttpHeaders, Path, Path> then) {
    Path part;
    try {
      Files.createDirectories(folder);
      part = Files.createTempFile(folder, ".download-", ".part");
    } catch (IOException e) {
      return Pending.failed(
          FedflowException.invalid("file.unwritable", "no writable folder at " + folder));
    }
    CompletableFuture<Path> done =
        wire.download(request(method, path, json(body)), part)
            .thenApply(headers -> then.apply(headers, part))
            .whenComplete((target, failure) -> remove(part));
    return new Pending<>(done);
  }

  private CompletableFuture<Answer> attempt(String path, byte[] body, int left, Duration pause) {
    return wire.answer(request("POST", path, body))
        .exceptionallyCompose(
            failure -> {
              if (left == 0 || !worthAnother(failure)) {
                return CompletableFuture.failedFuture(failure);
              }
              return CompletableFuture.supplyAsync(
                      () -> attempt(path, body, left - 1, pause.multipliedBy(2)),
                      CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS))
                  .thenCompose(again -> again);
            });
  }

  /** A server that was too slow would only be slower. */
  private static boolean worthAnother(Throwable failure) {
    return ClientFailures.unwrap(failure) instanceof FedflowException known
        && (known.kind() == FailureKind.UNAVAILABLE || known.code().equals("server.broken"));
  }

  private HttpRequest request(String method, String path, byte[] body) {
    HttpRequest.Builder request = wire.request(target(path));
    if (body.length == 0) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, BodyPublishers.ofByteArray(body));
    }
    sign(request, target(path), body, Map.of());
    return request.build();
  }

  private void sign(
      HttpRequest.Builder request, String target, byte[] body, Map<String, String> form) {
    if (signer != null) {
      signer.headers(target, body, form).forEach(request::header);
    }
  }

  private String target(String path) {
    return '/' + options.version() + '/' + path;
  }

  private byte[] json(Fields body) {
    return wire.codec().write(body.tree()).getBytes(StandardCharsets.UTF_8);
  }

  private static String name(HttpHeaders headers, String fallback) {
    String disposition = headers.firstValue("Content-Disposition").orElse("");
    int at = disposition.indexOf("filename=");
    String name = at < 0 ? "" : disposition.substring(at + "filename=".length()).strip();
    String harmless = name.replaceAll("[^A-Za-z0-9._#-]", "_").replaceAll("^\\.+", "_");
    return harmless.isEmpty() ? fallback : harmless;
  }

  private static Path moved(Path file, Path target) {
    try {
      return Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw FedflowException.invalid("file.unwritable", "cannot write " + target);
    }
  }

  private static void remove(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // A part that cannot be removed must not hide how the download ended.
      part.toFile().deleteOnExit();
    }
  }
}
