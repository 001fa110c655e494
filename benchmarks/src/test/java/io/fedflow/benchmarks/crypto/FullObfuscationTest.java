package io.fedflow.benchmarks.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.CryptoSuite;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** What is measured as encryption is one. */
class FullObfuscationTest {

  private final SecureRandom secrets = new SecureRandom();
  private final Textbook key = new Textbook(512, secrets);
  private final FullObfuscation full = new FullObfuscation(CryptoSuite.standard(), key, secrets);
  private final BigInteger[] plain = {
    BigInteger.ZERO, BigInteger.valueOf(17), BigInteger.ONE.shiftLeft(200)
  };

  /** The holder of the key reads what anybody encrypted. */
  @Test
  void othersEncrypt() {
    assertThat(full.encryptByOther(plain)).extracting(key::decrypt).containsExactly(plain);
  }

  /** The holder of the key reads what he encrypted by his primes. */
  @Test
  void ownersEncrypt() {
    assertThat(full.encryptByOwner(plain)).extracting(key::decrypt).containsExactly(plain);
  }

  /** Every number gets an obfuscator of its own. */
  @Test
  void equalNumbersLookDifferent() {
    BigInteger[] equal = {BigInteger.TWO, BigInteger.TWO};
    assertThat(full.encryptByOther(equal)).doesNotHaveDuplicates();
    assertThat(full.encryptByOwner(equal)).doesNotHaveDuplicates();
  }
}
