package io.fedflow.identity;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;

/** Tells whether two keys are halves of one. */
public final class KeyPairs {

  private KeyPairs() {}

  /** Whether what the private key signs is what the public key verifies. */
  public static boolean belong(PrivateKey mine, PublicKey theirs) {
    if (!mine.getAlgorithm().equals(theirs.getAlgorithm())) {
      return false;
    }
    try {
      byte[] question = new byte[32];
      new SecureRandom().nextBytes(question);
      Signature signature = Signature.getInstance(signatureName(mine));
      signature.initSign(mine);
      signature.update(question);
      byte[] answer = signature.sign();
      signature.initVerify(theirs);
      signature.update(question);
      return signature.verify(answer);
    } catch (GeneralSecurityException unlike) {
      return false;
    }
  }

  /** The name of the signature that a key makes. */
  public static String signatureName(PrivateKey key) {
    return key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
  }
}
