package io.fedflow.identity.authority;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** The kinds of keys that sites and authorities may have. */
public enum KeyKind {
  /** Elliptic curve P-256: small and quick. */
  EC,
  /** RSA of 3072 bits, for who must. */
  RSA;

  private static final int RSA_BITS = 3072;

  /** A fresh key. */
  public KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(name());
      if (this == EC) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else {
        generator.initialize(RSA_BITS);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK makes no " + this + " keys", e);
    }
  }
}
