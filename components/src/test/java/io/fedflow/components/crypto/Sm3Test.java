package io.fedflow.components.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Sm3Test {

  /** The two examples of the standard. */
  @Test
  void examplesOfTheStandard_areMet() {
    assertThat(TextHash.named("sm3").hex("abc"))
        .isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    assertThat(TextHash.named("SM3").hex("abcd".repeat(16)))
        .isEqualTo("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
  }

  /** Lengths around the ends of blocks; digests are OpenSSL's. */
  @ParameterizedTest
  @CsvSource({
    "0,1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b",
    "55,288337eef51eec62e7544d7270424c8dbe656254c99852870a73b2453a6a7fb1",
    "56,ba00ebedaab54065a5fd4f9f56326016203166bcee3eed44ea868d59d67aa3c8",
    "63,587308543551881ebd70d27ad358ff5dcdf24ac54822e2f7b7c3edce0985d21b",
    "64,616ec433c359e7c2b19f360e2b8f2a1b6e9ed76b8dc1a7d207b31a5341c611e9",
    "65,3d1d94afa238ec3e2bbc20ad504702b24c16f2889c94973f2f8da3526c44e4bc",
    "119,53282a90724e9eb79b18d06b5b8f7f02d046e18b29247dcdb064a136d5c4459a",
    "128,5fd947effbe82a5925faaee9123d43cea200cc257b28ed797505694b4bb020f6",
    "1000,f4bedca973227d45c5b822551d2e762d4cfb0e9af70b241452545727b5fb046f"
  })
  void textsOfManyLengths_haveOpenSslsDigests(int length, String digest) {
    assertThat(TextHash.named("sm3").hex("a".repeat(length))).isEqualTo(digest);
  }

  @Test
  void aDigestThatIsUsedAgain_beginsAnew() {
    Sm3 hash = new Sm3();
    hash.update("left".getBytes(StandardCharsets.UTF_8));
    hash.reset();
    byte[] abc = "abc".getBytes(StandardCharsets.UTF_8);

    assertThat(hash.digest(abc)).isEqualTo(hash.digest(abc)).hasSize(hash.getDigestLength());
    assertThat(HexFormat.of().formatHex(hash.digest(abc))).startsWith("66c7f0f4");
  }
}
