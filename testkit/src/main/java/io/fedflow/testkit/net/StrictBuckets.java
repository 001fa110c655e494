package io.fedflow.testkit.net;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A service of buckets that speaks S3 and believes nobody: it computes the signature of every
 * request itself, from what came over the wire, and compares digests of bodies. It misbehaves when
 * told to. Thread-safe.
 */
public final class StrictBuckets implements AutoCloseable {

  /** Whose requests are believed. */
  public static final String ACCESS_KEY = "AKIDTEST";

  /** What they must be signed with. */
  public static final String SECRET_KEY = "a/very+secret=key";

  /** The objects by {@code bucket/name}. */
  public final Map<String, StoredObject> objects = new ConcurrentHashMap<>();

  /** What happens to the next requests, each once; in order. */
  public final Deque<Fault> faults = new ConcurrentLinkedDeque<>();

  /** Method, host and raw path of every request, in order. */
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /** Happens before each object is put. */
  public volatile Runnable onPut = () -> {};

  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8})/([^/]+)/s3/aws4_request,"
              + " SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String region;
  private volatile String token = "";

  /**
   * What is kept of an object.
   *
   * @param content its bytes
   * @param metadata headers with which it was put, {@code x-amz-meta-…}
   */
  public record StoredObject(byte[] content, Map<String, String> metadata) {}

  /** Ways to misbehave. */
  public enum Fault {
    /** Behaves. */
    NONE,
    /** Answers that it cannot now. */
    BUSY,
    /** Answers that it failed. */
    BROKEN,
    /** Takes the request, and breaks the connection instead of an answer. */
    SILENT,
    /** Breaks the connection in the middle of an answer. */
    CUT,
    /** Keeps half of what was sent, and says that all is well. */
    HALF,
    /** Sends whoever asks elsewhere. */
    REDIRECT,
    /** Answers with noise that never was XML, of a megabyte. */
    NOISE
  }

  /**
   * A service on a free port of this machine.
   *
   * @param region that signatures must name
   * @param buckets that there are
   */
  public StrictBuckets(String region, String... buckets) throws IOException {
    this.region = region;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    List<String> known = Arrays.asList(buckets);
    server.createContext("/", exchange -> handle(exchange, known));
    server.setExecutor(threads);
    server.start();
  }

  /** Wants a token with the key from now on. */
  public void lend(String sessionToken) {
    token = sessionToken;
  }

  /** Where it listens. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The address of a bucket as an operator writes it. */
  public URI url(String bucketAndPrefix) {
    return URI.create("http://127.0.0.1:" + port() + '/' + bucketAndPrefix + "?region=" + region);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange, List<String> known) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String host = header(exchange, "Host");
    asked.add(exchange.getRequestMethod() + ' ' + host + exchange.getRequestURI().getRawPath());
    Fault fault = Optional.ofNullable(faults.poll()).orElse(Fault.NONE);
    switch (fault) {
      case BUSY -> refuse(exchange, 503, "SlowDown");
      case BROKEN -> refuse(exchange, 500, "InternalError");
      case REDIRECT -> {
        exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + port() + "/elsewhere");
        exchange.getResponseHeaders().add("x-amz-bucket-region", "eu-north-1");
        refuse(exchange, 307, "TemporaryRedirect");
      }
      case NOISE -> {
        exchange.sendResponseHeaders(400, 1 << 20);
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(new byte[1 << 20]);
        }
      }
      default -> {
        String refusal = refusal(exchange, body);
        if (!refusal.isEmpty()) {
          refuse(exchange, refusal.equals("XAmzContentSHA256Mismatch") ? 400 : 403, refusal);
        } else {
          serve(exchange, body, host, known, fault);
        }
      }
    }
    exchange.close();
  }

  private void serve(
      HttpExchange exchange, byte[] body, String host, List<String> known, Fault fault)
      throws IOException {
    String path = exchange.getRequestURI().getPath().substring(1);
    String name = host.split(":")[0];
    String first = name.contains(".127") ? name.substring(0, name.indexOf(".127")) : "";
    String key = first.isEmpty() ? path : first + '/' + path;
    String bucket = key.contains("/") ? key.substring(0, key.indexOf('/')) : key;
    if (!known.contains(bucket)) {
      refuse(exchange, 404, "NoSuchBucket");
      return;
    }
    if (exchange.getRequestMethod().equals("PUT")) {
      put(exchange, key, body, fault);
      return;
    }
    StoredObject object = objects.get(key);
    if (object == null) {
      refuse(exchange, 404, "NoSuchKey");
      return;
    }
    object.metadata().forEach(exchange.getResponseHeaders()::add);
    byte[] content = object.content();
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().add("Content-Length", "" + content.length);
      exchange.sendResponseHeaders(200, -1);
      return;
    }
    exchange.sendResponseHeaders(200, content.length);
    try {
      exchange
          .getResponseBody()
          .write(content, 0, fault == Fault.CUT ? content.length / 2 : content.length);
      exchange.getResponseBody().flush();
    } finally {
      exchange.close();
    }
  }

  private void put(HttpExchange exchange, String key, byte[] body, Fault fault) throws IOException {
    onPut.run();
    if ("*".equals(header(exchange, "If-None-Match")) && objects.containsKey(key)) {
      refuse(exchange, 412, "PreconditionFailed");
      return;
    }
    Map<String, String> metadata = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (header, values) -> {
              if (header.toLowerCase(Locale.ROOT).startsWith("x-amz-meta-")) {
                metadata.put(header, values.get(0));
              }
            });
    objects.put(
        key,
        new StoredObject(
            fault == Fault.HALF ? Arrays.copyOf(body, body.length / 2) : body, metadata));
    if (fault != Fault.SILENT) {
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
    byte[] text =
        ("<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>Why</Message></Error>")
            .getBytes(StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, text.length);
    exchange.getResponseBody().write(text);
  }

  private static String header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
  }

  /** S3's code of what is wrong with the signature; empty if it is good. */
  private String refusal(HttpExchange exchange, byte[] body) {
    Matcher given = AUTHORIZATION.matcher(header(exchange, "Authorization"));
    if (!given.matches()) {
      return "AccessDenied";
    }
    String time = header(exchange, "x-amz-date");
    List<String> signed = List.of(given.group(4).split(";"));
    boolean all =
        signed.contains("host")
            && exchange.getRequestHeaders().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith("x-amz-"))
                .allMatch(signed::contains);
    if (!all || !given.group(3).equals(region) || !time.startsWith(given.group(2))) {
      return "AuthorizationHeaderMalformed";
    }
    if (!given.group(1).equals(ACCESS_KEY)
        || !token.equals(header(exchange, "x-amz-security-token"))) {
      return "InvalidAccessKeyId";
    }
    Instant at =
        Instant.from(
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX").withZone(ZoneOffset.UTC).parse(time));
    if (Duration.between(at, Instant.now()).abs().toMinutes() >= 15) {
      return "RequestTimeTooSkewed";
    }
    try {
      return compared(exchange, body, given, time, signed);
    } catch (GeneralSecurityException missing) {
      throw new AssertionError(missing);
    }
  }

  private String compared(
      HttpExchange exchange, byte[] body, Matcher given, String time, List<String> signed)
      throws GeneralSecurityException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    HexFormat hex = HexFormat.of();
    String digest = hex.formatHex(sha.digest(body));
    if (!digest.equals(header(exchange, "x-amz-content-sha256"))) {
      return "XAmzContentSHA256Mismatch";
    }
    List<String> lines = new ArrayList<>();
    lines.add(exchange.getRequestMethod());
    lines.add(exchange.getRequestURI().getRawPath());
    lines.add(Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
    signed.forEach(name -> lines.add(name + ':' + header(exchange, name).trim()));
    lines.add("");
    lines.add(given.group(4));
    lines.add(digest);
    byte[] canonical = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    String scope = given.group(2) + '/' + region + "/s3/aws4_request";
    String text =
        "AWS4-HMAC-SHA256\n" + time + '\n' + scope + '\n' + hex.formatHex(sha.digest(canonical));
    byte[] key = ("AWS4" + SECRET_KEY).getBytes(StandardCharsets.UTF_8);
    for (String part : List.of(given.group(2), region, "s3", "aws4_request", text)) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      key = mac.doFinal(part.getBytes(StandardCharsets.UTF_8));
    }
    return hex.formatHex(key).equals(given.group(5)) ? "" : "SignatureDoesNotMatch";
  }
}
