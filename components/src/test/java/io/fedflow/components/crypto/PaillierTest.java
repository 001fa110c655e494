package io.fedflow.components.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PaillierTest extends AdditiveCipherContract {

  PaillierTest() {
    super(Keys.PAIR, Keys.OTHER, Keys.PAIR.p());
  }

  @Test
  void encrypt_matchesTextbookDecryption() {
    BigInteger n = Keys.PAIR.publicKey().modulus();
    BigInteger squared = n.multiply(n);
    BigInteger lambda =
        Keys.PAIR.p().subtract(BigInteger.ONE).multiply(Keys.PAIR.q().subtract(BigInteger.ONE));
    PlaintextBatch plain = PlaintextBatch.ofLongs(new long[] {5, -7}, 10);
    for (AdditiveCipher by : List.of(owner.cipher(), cipher)) {
      CiphertextBatch batch = by.encrypt(plain, Keys.seeded(12));
      for (int i = 0; i < 2; i++) {
        BigInteger c = Residues.leave(by.kernel(), batch.limbs(), i);
        BigInteger l = c.modPow(lambda, squared).subtract(BigInteger.ONE).divide(n);
        BigInteger found = l.multiply(lambda.modInverse(n)).mod(n);
        assertThat(found).isEqualTo(plain.mantissa(i).mod(n));
      }
    }
  }

  /** Bounds on both sides of where one prime is enough, and plaintexts on both sides of those. */
  @Test
  void decrypt_atEveryBound_isThePlaintextOrRefused() {
    BigInteger n = Keys.PAIR.publicKey().modulus();
    BigInteger p = Keys.PAIR.p();
    Random random = new Random(33);
    for (int bits : new int[] {1, 64, 381, 382, 383, 384, 511, 512, 513, 900, 1015}) {
      BigInteger bound = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
      List<BigInteger> within = new ArrayList<>(List.of(BigInteger.ZERO, bound, bound.negate()));
      for (int i = 0; i < 5; i++) {
        BigInteger some = new BigInteger(bits, random);
        within.addAll(List.of(some, some.negate()));
      }
      CiphertextBatch batch =
          cipher.encrypt(
              PlaintextBatch.of(within.toArray(BigInteger[]::new), 0, bound), Keys.seeded(bits));
      PlaintextBatch found = owner.decrypt(batch);
      for (int i = 0; i < within.size(); i++) {
        assertThat(found.mantissa(i)).isEqualTo(within.get(i));
      }
      for (BigInteger beyond :
          List.of(
              bound.add(BigInteger.ONE),
              bound.negate().subtract(BigInteger.ONE),
              p.shiftRight(1),
              n.shiftRight(3),
              new BigInteger(1021, random))) {
        if (beyond.abs().compareTo(bound) > 0) {
          refused(Reason.OVERFLOW, () -> owner.decrypt(cipher.result(of(beyond), 0, bound)));
        }
      }
    }
  }

  private long[] of(BigInteger plaintext) {
    BigInteger largest = Keys.PAIR.publicKey().largestPlaintext();
    PlaintextBatch one = PlaintextBatch.of(new BigInteger[] {plaintext}, 0, largest);
    return cipher.encrypt(one, Keys.seeded(34)).limbs();
  }

  @Test
  void publicKey_ofMessage_isTheSame() {
    PaillierPublicKey key = Keys.PAIR.publicKey();
    assertThat(PaillierPublicKey.decode(key.encode())).isEqualTo(key);
    assertThat(key.bits()).isEqualTo(1024);
    refused(Reason.MALFORMED, () -> PaillierPublicKey.decode(new byte[] {1, 0, 0, 0, 9}));
    refused(Reason.MALFORMED, () -> new PaillierPublicKey(key.modulus(), Keys.PAIR.p()));
    refused(Reason.KEY_TOO_SMALL, () -> PaillierKeyPair.generate(1022, Keys.seeded(24)));
  }

  @Test
  void keyPair_hasThePromisedPrimes() {
    BigInteger p = Keys.PAIR.p();
    BigInteger q = Keys.PAIR.q();
    assertThat(p.isProbablePrime(50) && q.isProbablePrime(50)).isTrue();
    assertThat(p.testBit(1) && q.testBit(1)).isTrue();
    assertThat(p.subtract(BigInteger.ONE).gcd(q.subtract(BigInteger.ONE))).isEqualTo(2);
  }
}
