package io.fedflow.identity;

import io.fedflow.failure.FedflowException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts in the PEM form: named blocks of Base64, with anything between them.
 *
 * @param name the name of the block, such as {@code CERTIFICATE}
 * @param bytes what it holds; not copied
 */
public record Pem(String name, byte[] bytes) {

  /** The name of a certificate. */
  public static final String CERTIFICATE = "CERTIFICATE";

  /** The name of a private key in PKCS #8. */
  public static final String PRIVATE_KEY = "PRIVATE KEY";

  /** The name of a request for a certificate, PKCS #10. */
  public static final String REQUEST = "CERTIFICATE REQUEST";

  /** Keys, requests and chains take a few kilobytes. */
  private static final int MOST_BYTES = 256 << 10;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  /**
   * Reads a file.
   *
   * @throws FedflowException {@code identity.file} if it is not there, too large or holds no block
   */
  public static List<Pem> read(Path file) {
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException missing) {
      throw wrong(file, "cannot be read: " + missing);
    }
    if (content.length > MOST_BYTES) {
      throw wrong(file, "found more than " + MOST_BYTES + " bytes, allowed " + MOST_BYTES);
    }
    return parse(file, new String(content, StandardCharsets.ISO_8859_1));
  }

  private static List<Pem> parse(Path file, String text) {
    List<Pem> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      try {
        blocks.add(new Pem(matcher.group(1), Base64.getMimeDecoder().decode(matcher.group(2))));
      } catch (IllegalArgumentException malformed) {
        throw wrong(file, "the block " + matcher.group(1) + " is no Base64");
      }
    }
    if (blocks.isEmpty()) {
      throw wrong(file, "found no block -----BEGIN …-----, expected PEM");
    }
    return blocks;
  }

  /**
   * The certificates among blocks, in their order.
   *
   * @param file named in a refusal
   * @throws FedflowException {@code identity.file} if one cannot be read
   */
  static List<X509Certificate> certificates(Path file, List<Pem> blocks) {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Pem block : blocks) {
      if (block.name.equals(CERTIFICATE)) {
        try {
          certificates.add(
              (X509Certificate)
                  CertificateFactory.getInstance("X.509")
                      .generateCertificate(new ByteArrayInputStream(block.bytes)));
        } catch (CertificateException malformed) {
          throw wrong(file, "a certificate cannot be read: " + malformed.getMessage());
        }
      }
    }
    return certificates;
  }

  /**
   * The certificates in a file, in their order; at least one.
   *
   * @throws FedflowException {@code identity.file} if there is none, or one cannot be read
   */
  public static List<X509Certificate> certificates(Path file) {
    List<X509Certificate> certificates = certificates(file, read(file));
    if (certificates.isEmpty()) {
      throw wrong(file, "found no certificate, expected -----BEGIN CERTIFICATE-----");
    }
    return certificates;
  }

  /**
   * The one private key among blocks.
   *
   * @param file named in a refusal
   * @throws FedflowException {@code identity.file} if there is none, several or another kind
   */
  static PrivateKey privateKey(Path file, List<Pem> blocks) {
    List<Pem> keys = blocks.stream().filter(block -> block.name.equals(PRIVATE_KEY)).toList();
    if (keys.size() != 1) {
      throw wrong(
          file, "found " + keys.size() + " blocks " + PRIVATE_KEY + " (PKCS #8), expected one");
    }
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(keys.get(0).bytes);
    for (String algorithm : List.of("EC", "RSA")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (GeneralSecurityException another) {
        // Nothing of a key may stand in a message: which kinds are allowed is all there is to say.
        continue;
      }
    }
    throw wrong(file, "the private key is of no known kind, allowed EC and RSA");
  }

  /**
   * The one private key in a file.
   *
   * @throws FedflowException {@code identity.file} if there is none, several or another kind
   */
  public static PrivateKey privateKey(Path file) {
    return privateKey(file, read(file));
  }

  /** The block as text, with a line end behind it. */
  public String text() {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + name + "-----\n" + body + "\n-----END " + name + "-----\n";
  }

  private static FedflowException wrong(Path file, String why) {
    return FedflowException.invalid("identity.file", file + ": " + why);
  }
}
