package io.fedflow.components.crypto;

import java.math.BigInteger;

/** Decryption by one short power modulo p^2. */
final class OkamotoUchiyamaOwner extends AdditiveOwner {

  private final OkamotoUchiyamaDecryption decryption;

  OkamotoUchiyamaOwner(BigInteger p, OkamotoUchiyamaDecryption decryption, AdditiveCipher cipher) {
    super(cipher, p);
    this.decryption = decryption;
  }

  @Override
  BigInteger[] residues(BigInteger[] ciphertexts, BigInteger bound, int first) {
    return decryption.plaintexts(ciphertexts, first);
  }
}
