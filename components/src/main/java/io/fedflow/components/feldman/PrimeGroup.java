package io.fedflow.components.feldman;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The subgroup of prime order of RFC 5114, section 2.1 (1024 bits, order of 160 bits), and two
 * bases of commitments in it. The second is a hash that was lifted into the group, so nobody knows
 * its logarithm. Stateless.
 */
final class PrimeGroup {

  static final BigInteger P =
      new BigInteger(
          "B10B8F96A080E01DDE92DE5EAE5D54EC52C99FBCFB06A3C69A6A9DCA52D23B616073E28675A23D18"
              + "9838EF1E2EE652C013ECB4AEA906112324975C3CD49B83BFACCBDD7D90C4BD7098488E9C219A7372"
              + "4EFFD6FAE5644738FAA31A4FF55BCCC0A151AF5F0DC8B4BD45BF37DF365C1A65E68CFDA76D4DA708"
              + "DF1FB2BC2E4A4371",
          16);

  static final BigInteger G =
      new BigInteger(
          "A4D1CBD5C3FD34126765A442EFB99905F8104DD258AC507FD6406CFF14266D31266FEA1E5C41564B"
              + "777E690F5504F213160217B4B01B886A5E91547F9E2749F4D7FBD7D3B9A92EE1909D0D2263F80A76"
              + "A6A24C087A091F531DBF0A0169B6A28AD662A4D18E73AFA32D779D5918D08BC8858F4DCEF97C2A24"
              + "855E6EEB22B3B2E5",
          16);

  /** The order of the subgroup. */
  static final BigInteger Q = new BigInteger("F518AA8781A8DF278ABA4E7D64B7CB9D49462353", 16);

  static final BigInteger H = lifted("Fedflow: second base of commitments");

  private PrimeGroup() {}

  private static BigInteger lifted(String seed) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] wide = new byte[160];
      for (int block = 0; block < wide.length / 32; block++) {
        byte[] part = sha.digest((seed + block).getBytes(StandardCharsets.UTF_8));
        System.arraycopy(part, 0, wide, block * 32, 32);
      }
      BigInteger cofactor = P.subtract(BigInteger.ONE).divide(Q);
      return new BigInteger(1, wide).mod(P).modPow(cofactor, P);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }
}
