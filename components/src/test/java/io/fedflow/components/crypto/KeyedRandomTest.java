package io.fedflow.components.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.stream.LongStream;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
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

  /** Each block is the encryption of its number. */
  @Test
  void numbers_areTheBlocksOfAes() throws Exception {
    Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
    aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY, "AES"));
    byte[] counter = new byte[16];
    counter[15] = 1;
    ByteBuffer second = ByteBuffer.wrap(aes.doFinal(counter));
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
