package io.fedflow.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.fakes.Blobs;
import io.fedflow.fakes.Refusals;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredPartnerKeysTest {

  /** In X.509, what PKCS#1 has begins after the algorithm and the head of a bit string. */
  private static final int ALGORITHM = 15;

  private final Blobs blobs = new Blobs();
  private final PartnerKeys keys = new StoredPartnerKeys(blobs);

  private static KeyPair pair(String algorithm, int bits) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  private static String pem(String kind, byte[] der) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + kind
        + "-----";
  }

  private static byte[] pkcs1(PublicKey key) {
    byte[] der = key.getEncoded();
    // Each head has one byte for the kind and one or more for the length.
    int inside = head(der, 0) + ALGORITHM;
    return Arrays.copyOfRange(der, inside + headLength(der, inside) + 1, der.length);
  }

  private static int head(byte[] der, int at) {
    return at + headLength(der, at);
  }

  private static int headLength(byte[] der, int at) {
    return (der[at + 1] & 0x80) == 0 ? 2 : 2 + (der[at + 1] & 0x7f);
  }

  @Test
  void keysAreKeptReplacedAndForgotten() throws Exception {
    String one = pem("PUBLIC KEY", pair("RSA", 2048).getPublic().getEncoded());
    String other = pem("PUBLIC KEY", pair("RSA", 1024).getPublic().getEncoded()) + '\n';
    assertThat(keys.find("9999")).isEmpty();
    assertThat(keys.save("9999", one)).isFalse();
    assertThat(keys.save("9999", other)).isTrue();
    assertThat(new StoredPartnerKeys(blobs).find("9999")).as("another server").contains(other);
    assertThat(keys.find("10000")).isEmpty();
    assertThat(keys.delete("9999")).isTrue();
    assertThat(keys.delete("9999")).isFalse();
    assertThat(blobs.keys()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 1536, 2048, 4096})
  void bothForms_areTheSameKey(int bits) throws Exception {
    PublicKey key = pair("RSA", bits).getPublic();
    assertThat(RsaPem.read(pem("PUBLIC KEY", key.getEncoded()))).isEqualTo(key);
    assertThat(RsaPem.read(pem("RSA PUBLIC KEY", pkcs1(key)))).isEqualTo(key);
  }

  @Test
  void whatIsNoPublicKey_isRefused_andNotRepeated() throws Exception {
    KeyPair pair = pair("RSA", 2048);
    String secret = pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    Refusals.assertRefused("key.format", () -> keys.save("9999", secret), "a private key");
    Refusals.assertRefused("key.format", () -> keys.save("9999", "abc"), "3 characters");
    String curve = pem("PUBLIC KEY", pair("EC", 256).getPublic().getEncoded());
    Refusals.assertRefused("key.format", () -> keys.save("9999", curve), "something else");
    String weak = pem("PUBLIC KEY", pair("RSA", 512).getPublic().getEncoded());
    Refusals.assertRefused("key.format", () -> keys.save("9999", weak), "512 bits");
    String tooLong = pem("PUBLIC KEY", new byte[100_000]);
    Refusals.assertRefused("key.format", () -> keys.save("9999", tooLong), "no PEM");
    assertThat(blobs.keys()).isEmpty();
  }

  @Test
  void partiesMustHaveProperIds() {
    Refusals.assertRefused("party.id", () -> keys.find("../x"), "party_id: found '../x'");
    Refusals.assertRefused("party.id", () -> keys.delete(""), "party_id: found ''");
  }
}
