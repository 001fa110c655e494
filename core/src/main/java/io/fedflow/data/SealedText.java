package io.fedflow.data;

import io.fedflow.failure.FedflowException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The stored form of a text: magic {@code FFX1}, the SHA-256 of the text, then its UTF-8 bytes. A
 * file that was cut or changed is told apart, whatever byte it is.
 */
public final class SealedText {

  /** The first bytes of every sealed text. */
  public static final String MAGIC = "FFX1";

  private static final int DIGEST = 32;
  private static final int HEAD = MAGIC.length() + DIGEST;

  private SealedText() {}

  /** The bytes of a text. */
  public static byte[] seal(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] sealed = Arrays.copyOf(MAGIC.getBytes(StandardCharsets.US_ASCII), HEAD + bytes.length);
    System.arraycopy(Digests.sha256().digest(bytes), 0, sealed, MAGIC.length(), DIGEST);
    System.arraycopy(bytes, 0, sealed, HEAD, bytes.length);
    return sealed;
  }

  /**
   * The text of such bytes.
   *
   * @param what the text holds, for messages
   * @throws FedflowException {@code text.damaged} (INVALID) if they are not what was sealed
   */
  public static String open(byte[] sealed, String what) {
    if (sealed.length < HEAD) {
      throw damaged(what, "it is cut short");
    }
    if (!new String(sealed, 0, MAGIC.length(), StandardCharsets.US_ASCII).equals(MAGIC)) {
      throw damaged(what, "it does not start with the magic " + MAGIC);
    }
    byte[] text = Arrays.copyOfRange(sealed, HEAD, sealed.length);
    byte[] found = Digests.sha256().digest(text);
    if (!MessageDigest.isEqual(found, Arrays.copyOfRange(sealed, MAGIC.length(), HEAD))) {
      throw damaged(what, "its digest does not match, found " + HexFormat.of().formatHex(found));
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  private static FedflowException damaged(String what, String why) {
    return FedflowException.invalid(
        "text.damaged",
        what + ": the stored text is damaged: " + why + "; restore it from a backup");
  }
}
