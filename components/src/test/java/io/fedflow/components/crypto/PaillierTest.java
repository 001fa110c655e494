package io.fedflow.components.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.util.List;
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
