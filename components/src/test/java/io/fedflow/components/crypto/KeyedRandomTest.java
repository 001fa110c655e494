package io.fedflow.components.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeyedRandomTest {

  private static final byte[] KEY =
      HexFormat.of().parseHex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");

  private static long[] draw(byte[] key, int count) {
    KeyedRandom random = new KeyedRandom(key);
    return LongStream.generate(random::nextLong).limit(count).toArray();
  }

  @Test
  void numbers_repeatWithTheKey_beyondABlock() {
    long[] drawn = draw(KEY, 2000);
    assertThat(draw(KEY.clone(), 2000)).isEqualTo(drawn);
    assertThat(LongStream.of(drawn).distinct().count()).isEqualTo(2000);
    byte[] other = KEY.clone();
    other[31] ^= 1;
    assertThat(draw(other, 2000)).doesNotContain(drawn[0], drawn[1999]);
  }

  /** The block of zeros under the key of NIST SP 800-38A, F.1.5. */
  @Test
  void numbers_areTheBlocksOfAes() throws Exception {
    javax.crypto.Cipher aes = javax.crypto.Cipher.getInstance("AES/ECB/NoPadding");
    aes.init(javax.crypto.Cipher.ENCRYPT_MODE, new javax.crypto.spec.SecretKeySpec(KEY, "AES"));
    byte[] counter = new byte[16];
    counter[15] = 1;
    java.nio.ByteBuffer second = java.nio.ByteBuffer.wrap(aes.doFinal(counter));
    long[] drawn = draw(KEY, 4);
    assertThat(drawn[2]).isEqualTo(second.getLong());
    assertThat(drawn[3]).isEqualTo(second.getLong());
  }

  @Test
  void aKeyOfAnotherLength_isRefused() {
    assertThatThrownBy(() -> new KeyedRandom(new byte[16]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16 bytes");
  }
}
