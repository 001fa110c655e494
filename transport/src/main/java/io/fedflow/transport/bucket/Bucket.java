package io.fedflow.transport.bucket;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpMethod;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One bucket. Requests that got no answer, or one that says the service is busy, are sent again:
 * each may be, as reading changes nothing and writing puts the same bytes under the same name. All
 * else is told at once. Thread-safe; waits on no thread.
 *
 * <p>All futures fail with a {@link FedflowException} that names the bucket: UNAVAILABLE {@code
 * bucket.unreachable} or {@code bucket.unavailable} after the last try, PEER {@code
 * bucket.forbidden}, {@code bucket.unknown}, {@code bucket.moved}, {@code bucket.clock}, {@code
 * bucket.answer}, INVALID {@code bucket.keys}, CANCELLED {@code bucket.stopped}.
 */
public final class Bucket {

  /** A single request may put so much; services refuse more. */
  public static final long MOST_PUT = 5L << 30;

  private static final int TRIES = 3;
  private static final long PAUSE_MILLIS = 300;
  private static final String DIGEST = "x-amz-meta-sha256";

  private final Vertx vertx;
  private final BucketAddress address;
  private final Supplier<BucketKeys> keys;
  private final BucketRequests requests;

  /**
   * A bucket.
   *
   * @param keys asked before each operation, on a thread that may block
   * @param clock whose time requests bear
   */
  public Bucket(
      Vertx vertx, BucketAddress address, Supplier<BucketKeys> keys, InstantSource clock) {
    this(vertx, address, keys, new BucketRequests(vertx, address, clock));
  }

  Bucket(Vertx vertx, BucketAddress address, Supplier<BucketKeys> keys, BucketRequests requests) {
    this.vertx = vertx;
    this.address = address;
    this.keys = keys;
    this.requests = requests;
  }

  /** What the operator calls it. */
  public String name() {
    return address.name();
  }

  /**
   * What a bucket says of an object.
   *
   * @param bytes how large it is
   * @param sha256 the digest that it was put with; empty if somebody else put it
   */
  public record Stored(long bytes, Optional<String> sha256) {}

  /** Asks for an object; empty if it is not there. */
  public Future<Optional<Stored>> head(String object, Flight flight) {
    return withKeys(
        opened ->
            retried(
                flight,
                () ->
                    requests
                        .send(
                            ask(HttpMethod.HEAD, object, opened),
                            flight,
                            answer -> Future.succeededFuture(Optional.of(stored(answer))))
                        .recover(Bucket::absent)));
  }

  private static Future<Optional<Stored>> absent(Throwable failure) {
    return failure instanceof FedflowException known && known.code().equals("bucket.object")
        ? Future.succeededFuture(Optional.empty())
        : Future.failedFuture(failure);
  }

  /**
   * Puts a file, whole or not at all; the service compares its digest.
   *
   * @param sha256 of the file, lower-case hex
   * @param replace whether an object of this name is replaced; otherwise it fails with CONFLICT
   *     {@code bucket.exists}, also if somebody else puts it in the same moment, where the service
   *     knows the header {@code If-None-Match}
   */
  public Future<Void> put(
      String object, Path file, long bytes, String sha256, boolean replace, Flight flight) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/zip");
    headers.put(DIGEST, sha256);
    if (!replace) {
      headers.put("if-none-match", "*");
    }
    return withKeys(
        opened ->
            retried(
                flight,
                () ->
                    reading(
                        file,
                        content ->
                            requests.send(
                                new BucketRequests.Ask(
                                    HttpMethod.PUT,
                                    object,
                                    headers,
                                    sha256,
                                    opened,
                                    Optional.of(new BucketRequests.Body(content, bytes))),
                                flight,
                                answer -> Future.<Void>succeededFuture()))));
  }

  /**
   * Reads an object into a file that is there and is written from its begin.
   *
   * @param mostBytes how large the object may be
   */
  public Future<Stored> get(String object, Path into, long mostBytes, Flight flight) {
    return withKeys(
        opened ->
            retried(
                flight,
                () ->
                    writing(
                        into,
                        file ->
                            requests.send(
                                ask(HttpMethod.GET, object, opened),
                                flight,
                                answer -> {
                                  Stored stored = stored(answer);
                                  return new Download(address.name(), file, mostBytes)
                                      .take(answer)
                                      .map(count -> new Stored(count, stored.sha256()));
                                }))));
  }

  private static BucketRequests.Ask ask(HttpMethod method, String object, BucketKeys opened) {
    return new BucketRequests.Ask(
        method, object, Map.of(), SignatureV4.EMPTY, opened, Optional.empty());
  }

  private static Stored stored(io.vertx.core.http.HttpClientResponse answer) {
    String length = Optional.ofNullable(answer.getHeader("Content-Length")).orElse("");
    return new Stored(
        length.matches("[0-9]{1,18}") ? Long.parseLong(length) : -1,
        Optional.ofNullable(answer.getHeader(DIGEST)).filter(text -> text.matches("[0-9a-f]{64}")));
  }

  private <T> Future<T> reading(Path file, Work<AsyncFile, T> work) {
    return opened(file, new OpenOptions().setRead(true).setWrite(false).setCreate(false), work);
  }

  private <T> Future<T> writing(Path file, Work<AsyncFile, T> work) {
    return opened(
        file,
        new OpenOptions().setRead(false).setWrite(true).setCreate(true).setTruncateExisting(true),
        work);
  }

  private <T> Future<T> opened(Path path, OpenOptions options, Work<AsyncFile, T> work) {
    return vertx
        .fileSystem()
        .open(path.toString(), options)
        .compose(file -> work.on(file).eventually(file::close));
  }

  private <T> Future<T> withKeys(Work<BucketKeys, T> work) {
    return vertx.executeBlocking(this::opened, false).compose(work::on);
  }

  /** The first signature of a process loads the JDK's cryptography from files: not later. */
  private BucketKeys opened() {
    SignatureV4.prepare();
    return keys.get();
  }

  /** What is done with something that was got before. */
  @FunctionalInterface
  private interface Work<A, T> {
    Future<T> on(A with);
  }

  private <T> Future<T> retried(Flight flight, Supplier<Future<T>> attempt) {
    return retried(flight, attempt, 1);
  }

  private <T> Future<T> retried(Flight flight, Supplier<Future<T>> attempt, int number) {
    return Future.succeededFuture()
        .compose(
            begin -> {
              flight.check();
              return attempt.get();
            })
        .recover(
            failure -> {
              boolean again =
                  number < TRIES
                      && failure instanceof FedflowException known
                      && known.kind() == FailureKind.UNAVAILABLE;
              if (!again) {
                return Future.failedFuture(failure);
              }
              flight.check();
              long pause = PAUSE_MILLIS * number * number;
              return vertx
                  .timer(pause + ThreadLocalRandom.current().nextLong(pause), TimeUnit.MILLISECONDS)
                  .compose(waited -> retried(flight, attempt, number + 1));
            });
  }
}
