package io.fedflow.transport.http.auth;

import io.fedflow.transport.http.auth.SignedRequest.Unsigned;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides whether a request comes from a client that may ask. Thread-safe. */
public final class ClientVerifier {

  /** How far the clocks of client and server may be apart. */
  public static final Duration WINDOW = Duration.ofSeconds(60);

  private static final int MOST_REMEMBERED = 1_000_000;
  private static final byte[] NOTHING = {};
  private static final byte[] EMPTY_OBJECT = {'{', '}'};
  // For clients that are not known: they are found out as late as all others.
  private static final byte[] NOBODYS_SECRET = new byte[32];

  private final Supplier<AppKeys> keys;
  private final InstantSource clock;
  private final ReplayMemory seen;

  /**
   * Believes clients, by a clock.
   *
   * @param keys the clients of the moment; never blocks
   */
  public ClientVerifier(Supplier<AppKeys> keys, InstantSource clock) {
    this(keys, clock, new ReplayMemory(MOST_REMEMBERED));
  }

  ClientVerifier(Supplier<AppKeys> keys, InstantSource clock, ReplayMemory seen) {
    this.keys = keys;
    this.clock = clock;
    this.seen = seen;
  }

  /** One way of signing the contents of a request. */
  record Contents(byte[] body, String form) {
    static final Contents NONE = new Contents(NOTHING, "");
  }

  /**
   * The ways in which a body may have been signed.
   *
   * @param body byte for byte
   * @param form its fields, if it may be a form
   */
  static List<Contents> contents(byte[] body, Optional<String> form) {
    List<Contents> ways = new ArrayList<>();
    ways.add(new Contents(body, ""));
    if (MessageDigest.isEqual(body, EMPTY_OBJECT)) {
      // FATE's FlowClient and server sign nothing for it, FATE's command line signs both bytes.
      ways.add(Contents.NONE);
    }
    form.ifPresent(fields -> ways.add(new Contents(NOTHING, fields)));
    return ways;
  }

  /**
   * Believes a request or not.
   *
   * @param ways what its signature may cover; one must fit
   * @throws Unsigned naming what is wrong
   */
  void verify(SignedRequest request, List<Contents> ways) throws Unsigned {
    long now = clock.millis();
    requireTimely(request, now);
    Optional<byte[]> known = keys.get().secret(request.text().appKey());
    byte[] secret = known.orElse(NOBODYS_SECRET);
    boolean fits = false;
    for (Contents way : ways) {
      fits |=
          MessageDigest.isEqual(
              request.text().of(secret, way.body(), way.form()), request.signature());
    }
    if (!fits || known.isEmpty()) {
      throw new Unsigned("APP_KEY, SIGNATURE: not those of a client of this server");
    }
    // Only what is signed is remembered: nobody else can fill the memory.
    String name = request.text().appKey() + '\n' + request.text().nonce();
    switch (seen.see(name, now, request.millis() + WINDOW.toMillis())) {
      case NEW -> {}
      case AGAIN -> throw new Unsigned("NONCE: found that of an earlier request; take a fresh one");
      case FULL ->
          throw new Unsigned("NONCE: more requests arrive than can be remembered; slow down");
    }
  }

  /**
   * The cheap part, before a body is read.
   *
   * @throws Unsigned if the timestamp is too far from now
   */
  void requireTimely(SignedRequest request) throws Unsigned {
    requireTimely(request, clock.millis());
  }

  private static void requireTimely(SignedRequest request, long now) throws Unsigned {
    long apart = now - request.millis();
    if (Math.abs(apart) > WINDOW.toMillis()) {
      throw new Unsigned(
          "TIMESTAMP: found "
              + (apart > 0 ? apart + " ms ago" : -apart + " ms ahead")
              + " by this server's clock, allowed "
              + WINDOW.toMillis()
              + " ms; set the clocks");
    }
  }
}
