package io.fedflow.components.crypto;

import static io.fedflow.components.crypto.AdditiveCipherContract.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.math.BigInteger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlindSignatureTest {

  private static final String[] IDS =
      IntStream.range(0, 70).mapToObj(i -> "id-" + i).toArray(String[]::new);

  private final BlindSigner signer = Keys.SUITE.blindSigner(Keys.RSA, ComputePool.inline());
  private final BlindClient client =
      Keys.SUITE.blindClient(Keys.RSA.publicKey(), ComputePool.inline());
  private final BigInteger[] hashes = TextHash.named("sha256").integers(IDS);

  @Test
  void blindSignUnblind_givesThePlainSignature() {
    RsaPublicKey key = Keys.RSA.publicKey();
    ResidueBatch plain = signer.sign(ResidueBatch.of(key, hashes));
    BlindClient.Blinding full = client.blind(hashes, Keys.seeded(41));
    BlindClient.Blinding brief = client.blind(hashes, 128, Keys.seeded(41));

    ResidueBatch fromFull = full.unblind(signer.sign(full.messages()));
    ResidueBatch fromBrief = brief.unblind(signer.sign(brief.messages()));

    for (int i = 0; i < hashes.length; i++) {
      assertThat(plain.get(i).modPow(key.exponent(), key.modulus())).isEqualTo(hashes[i]);
      assertThat(fromFull.get(i)).isEqualTo(plain.get(i));
      assertThat(fromBrief.get(i)).isEqualTo(plain.get(i));
      assertThat(full.messages().get(i)).isNotEqualTo(hashes[i]);
    }
  }

  @Test
  void pool_ofAnyWidth_givesTheSameBytes() {
    ExecutorService executor = Executors.newFixedThreadPool(3);
    try {
      ComputePool pool = ComputePool.of(executor, 3);
      BlindClient wide = Keys.SUITE.blindClient(Keys.RSA.publicKey(), pool);
      BlindClient.Blinding a = client.blind(hashes, Keys.seeded(42));
      BlindClient.Blinding b = wide.blind(hashes, Keys.seeded(42));
      assertThat(b.messages().encode()).isEqualTo(a.messages().encode());
      ResidueBatch signed = Keys.SUITE.blindSigner(Keys.RSA, pool).sign(b.messages());
      assertThat(b.unblind(signed).encode()).isEqualTo(a.unblind(signed).encode());
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void unblind_wrongSignatures_areRefused() {
    BlindClient.Blinding blinding = client.blind(hashes, Keys.seeded(43));
    refused(Reason.WRONG_KEY, () -> blinding.unblind(blinding.messages()));
    ResidueBatch few = ResidueBatch.of(Keys.RSA.publicKey(), new BigInteger[] {BigInteger.ONE});
    refused(Reason.SHAPE, () -> blinding.unblind(few));
  }

  @Test
  void messages_roundTripOrAreRefused() {
    RsaPublicKey key = Keys.RSA.publicKey();
    ResidueBatch batch = ResidueBatch.of(key, hashes);
    byte[] bytes = batch.encode();
    assertThat(ResidueBatch.decode(key, bytes).get(69)).isEqualTo(hashes[69]);
    assertThat(RsaPublicKey.decode(key.encode())).isEqualTo(key);
    RsaKeyPair again = RsaKeyPair.decodeSecret(Keys.RSA.encodeSecret());
    assertThat(again.publicKey()).isEqualTo(key);
    RsaPublicKey other = RsaKeyPair.generate(1024, Keys.seeded(44)).publicKey();
    refused(Reason.WRONG_KEY, () -> ResidueBatch.decode(other, bytes));
    refused(
        Reason.MALFORMED,
        () -> ResidueBatch.decode(key, java.util.Arrays.copyOf(bytes, bytes.length - 1)));
    java.util.Arrays.fill(bytes, bytes.length - 128, bytes.length, (byte) -1);
    refused(Reason.INVALID_CIPHERTEXT, () -> ResidueBatch.decode(key, bytes));
    refused(Reason.OUT_OF_RANGE, () -> ResidueBatch.of(key, new BigInteger[] {key.modulus()}));
  }

  @Test
  void hash_knownVector_andUnknownNames() {
    // FIPS 180-2, appendix B.1.
    assertThat(TextHash.named("SHA256").hex("abc"))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(TextHash.named("sha256").integer("abc").toString(16))
        .isEqualTo(TextHash.named("sha256").hex("abc"));
    refused(Reason.UNSUPPORTED, () -> TextHash.named("crc32"));
  }

  @Test
  void secrets_doNotShowInText() {
    assertThat(Keys.RSA.toString()).doesNotContain(Keys.RSA.p().toString().substring(0, 20));
  }
}
