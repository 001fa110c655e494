package io.fedflow.server;

import io.fedflow.identity.LiveIdentity;
import io.fedflow.transport.route.SiteAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A site that may say anything to a server: TLS with a certificate, gRPC's frames and the signature
 * made by hand.
 */
final class RawPeer implements AutoCloseable {

  /**
   * What a call gave.
   *
   * @param status gRPC's status code
   * @param words gRPC's status message; may be null
   * @param body the messages in their frames
   */
  record Answer(int status, String words, Buffer body) {

    /** The last message, without its frame; empty if there was none. */
    byte[] last() {
      byte[] last = {};
      for (int at = 0; at < body.length(); at += 5 + body.getInt(at + 1)) {
        last = body.getBytes(at + 5, at + 5 + body.getInt(at + 1));
      }
      return last;
    }
  }

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client;
  private final SiteAddress address;
  private final String party;
  private final PrivateKey key;

  /**
   * A peer of one party.
   *
   * @param key signs what it sends
   */
  RawPeer(SiteAddress address, LiveIdentity identity, String party, PrivateKey key) {
    this.address = address;
    this.party = party;
    this.key = key;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setSsl(true)
                .setUseAlpn(true)
                .setVerifyHost(false)
                .setKeyCertOptions(KeyCertOptions.wrap(identity.keyManagers()))
                .setTrustOptions(TrustOptions.wrap(identity.trustManagers())));
  }

  /** A signature over a message for the host, made so many milliseconds ago. */
  Map<String, String> signature(String method, byte[] message, long millisAgo) {
    String time = Long.toString(System.currentTimeMillis() - millisAgo);
    String nonce = UUID.randomUUID().toString();
    try {
      String digest =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(message));
      String text =
          String.join(
              "\n", "fedflow-site-1", method, time, nonce, party, Consortium.HOST_ID, digest);
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      Map<String, String> headers = new LinkedHashMap<>();
      headers.put("fedflow-site-time", time);
      headers.put("fedflow-site-nonce", nonce);
      headers.put("fedflow-site-signature", Base64.getEncoder().encodeToString(signature.sign()));
      return headers;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Calls a method with messages; the first one is signed. */
  Answer signed(String method, byte[]... messages) {
    return call(
        method, signature(method, messages.length == 0 ? new byte[0] : messages[0], 0), messages);
  }

  /** Calls a method with messages and headers. */
  Answer call(String method, Map<String, String> headers, byte[]... messages) {
    Buffer body = Buffer.buffer();
    for (byte[] message : messages) {
      body.appendByte((byte) 0).appendInt(message.length).appendBytes(message);
    }
    return body(method, headers, body);
  }

  /** Calls a method with bytes that may be no frames at all. */
  Answer body(String method, Map<String, String> headers, Buffer body) {
    return client
        .request(HttpMethod.POST, address.port(), address.host(), "/fedflow.party.v1." + method)
        .compose(
            request -> {
              request.putHeader("content-type", "application/grpc").putHeader("te", "trailers");
              request.putHeader("fedflow-to", Consortium.HOST_ID);
              headers.forEach(request::putHeader);
              return request.send(body).compose(RawPeer::read);
            })
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  private static Future<Answer> read(HttpClientResponse response) {
    return response
        .body()
        .map(
            reply -> {
              String status =
                  first(response.getHeader("grpc-status"), response.getTrailer("grpc-status"));
              return new Answer(
                  Integer.parseInt(status),
                  words(
                      first(
                          response.getHeader("grpc-message"), response.getTrailer("grpc-message"))),
                  reply);
            });
  }

  /** In a header everything beyond plain letters may stand in percent form. */
  private static String words(String message) {
    return message == null
        ? null
        : URLDecoder.decode(message.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String first(String header, String trailer) {
    return header == null ? trailer : header;
  }

  @Override
  public void close() {
    List.of(client.close(), vertx.close())
        .forEach(ended -> ended.toCompletionStage().toCompletableFuture().join());
  }
}
