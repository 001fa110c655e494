package io.fedflow.transport.grpc;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.key.PartnerKeys;
import io.fedflow.transport.http.auth.ReplayMemory;
import io.vertx.core.MultiMap;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Signatures of sites: what a site sends carries one by its RSA key (SHA-256, PKCS #1), and what
 * arrives must carry one by the key that is saved of every party in whose name it comes. They hold
 * from end to end, also through relays, whose certificates only prove who the relays are. Signing
 * and verifying take a millisecond and ask the store: on worker threads. Thread-safe.
 */
public final class SiteSignatures {

  /** How far the clocks of two sites may be apart. */
  public static final Duration WINDOW = Duration.ofSeconds(60);

  /** The code for a call that is not signed. */
  static final String MISSING = "site.unsigned";

  /** The code for a signature that does not fit what it should cover, or is damaged. */
  static final String WRONG = "site.signature";

  /** The code for a party whose key is not known. */
  static final String UNKNOWN = "site.key_unknown";

  /** The code for a signature of another time. */
  static final String STALE = "site.stale";

  /** The code for a signature that was used before. */
  static final String REPLAYED = "site.replayed";

  private static final int MOST_REMEMBERED = 1_000_000;
  private static final String ALGORITHM = "SHA256withRSA";

  private final PrivateKey own;
  private final PartnerKeys partners;
  private final InstantSource clock;
  private final ReplayMemory seen = new ReplayMemory(MOST_REMEMBERED);

  /**
   * Signs by one key and knows others'.
   *
   * @param own an RSA key
   * @param partners the public keys of other parties; may block
   * @throws FedflowException {@code site.key} for a key of another kind
   */
  public SiteSignatures(PrivateKey own, PartnerKeys partners, InstantSource clock) {
    if (!own.getAlgorithm().equals("RSA")) {
      throw FedflowException.invalid(
          "site.key", "found a key of kind " + own.getAlgorithm() + ", allowed RSA");
    }
    this.own = own;
    this.partners = partners;
    this.clock = clock;
  }

  /**
   * Signs a message.
   *
   * @param headers of the call, which get the signature
   * @param method of the protocol
   * @param message as it is sent
   * @param from the ids of the parties that this site acts for
   * @param to the id of the party that it is for
   */
  void sign(MultiMap headers, String method, byte[] message, Collection<String> from, String to) {
    long now = clock.millis();
    String nonce = UUID.randomUUID().toString();
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initSign(own);
      signature.update(SignedWords.text(method, digest(message), from, to, now, nonce));
      new SignedWords(now, nonce, signature.sign()).tell(headers);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the key of this site cannot sign", e);
    }
  }

  /**
   * Believes a message or not.
   *
   * @param headers of the call
   * @param message as it arrived
   * @param from the ids of the parties in whose name it comes
   * @throws FedflowException PEER with a code of this class, or what the store fails with
   */
  void verify(MultiMap headers, String method, byte[] message, Collection<String> from, String to) {
    SignedWords words =
        SignedWords.of(headers)
            .orElseThrow(
                () ->
                    FedflowException.peer(
                        MISSING,
                        "the call is not signed, this site takes signed ones only; start the"
                            + " calling server with --site-auth"));
    long now = clock.millis();
    requireTimely(words, now);
    byte[] text =
        SignedWords.text(method, digest(message), from, to, words.millis(), words.nonce());
    for (PublicKey key : keys(from)) {
      if (!fits(key, text, words.signature())) {
        throw FedflowException.peer(
            WRONG,
            "the signature is not that of parties "
                + new TreeSet<>(from)
                + " under what arrived, by the keys that are saved here; it was made by another"
                + " key, or what it covers was changed on the way");
      }
    }
    remember(words, from, now);
  }

  private static void requireTimely(SignedWords words, long now) {
    long apart = now - words.millis();
    if (Math.abs(apart) > WINDOW.toMillis()) {
      throw FedflowException.peer(
          STALE,
          "the signature was made "
              + (apart > 0 ? apart + " ms ago" : -apart + " ms ahead")
              + " by the clock of this site, allowed "
              + WINDOW.toMillis()
              + " ms; set the clocks");
    }
  }

  private Set<PublicKey> keys(Collection<String> from) {
    if (from.isEmpty()) {
      throw FedflowException.peer(MISSING, "from: found no party, whose signature is it?");
    }
    Set<PublicKey> keys = new LinkedHashSet<>();
    for (String party : from) {
      keys.add(
          partners
              .publicKey(party)
              .orElseThrow(
                  () ->
                      FedflowException.peer(
                          UNKNOWN,
                          "no key of party "
                              + party
                              + " is known here; save its public key by key/public/save")));
    }
    return keys;
  }

  private static boolean fits(PublicKey key, byte[] text, byte[] found) {
    try {
      Signature signature = Signature.getInstance(ALGORITHM);
      signature.initVerify(key);
      signature.update(text);
      return signature.verify(found);
    } catch (SignatureException otherLength) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK verifies no " + ALGORITHM, e);
    }
  }

  /** Only what is signed is remembered: nobody else can fill the memory. */
  private void remember(SignedWords words, Collection<String> from, long now) {
    String name = String.join(",", new TreeSet<>(from)) + '\n' + words.nonce();
    switch (seen.see(name, now, words.millis() + WINDOW.toMillis())) {
      case NEW -> {}
      case AGAIN ->
          throw FedflowException.peer(
              REPLAYED, "the signature was used before: somebody sends again what was sent once");
      case FULL ->
          throw new FedflowException(
              FailureKind.UNAVAILABLE,
              "site.busy",
              "more signed calls arrive than can be remembered; try again later");
    }
  }

  private static String digest(byte[] message) {
    return HexFormat.of().formatHex(sha256(message));
  }

  /** SHA-256 of bytes. */
  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
