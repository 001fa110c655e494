package io.fedflow.components.crypto.oblivious;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fedflow.components.crypto.CryptoException;
import io.fedflow.components.crypto.CryptoException.Reason;
import io.fedflow.components.crypto.curve25519.EdwardsPoint;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObliviousTransferTest {

  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  void theReceiverGetsTheKeyThatItChose_andNoOther() {
    Random choices = new Random(3);
    for (int round = 0; round < 20; round++) {
      int count = 1 + choices.nextInt(60);
      int chosen = choices.nextInt(count);
      TransferSender sender = TransferSender.start(RANDOM);
      TransferReceiver receiver =
          TransferReceiver.choose(sender.announcement(), chosen, count, RANDOM);
      List<byte[]> keys = sender.keys(receiver.choice(), count);
      assertThat(keys).hasSize(count);
      Set<String> distinct = new HashSet<>();
      for (int i = 0; i < count; i++) {
        assertThat(Arrays.equals(keys.get(i), receiver.key())).isEqualTo(i == chosen);
        assertThat(keys.get(i)).hasSize(32);
        distinct.add(HexFormat.of().formatHex(keys.get(i)));
      }
      assertThat(distinct).hasSize(count);
    }
  }

  /** What is answered is blinded anew each time: the same choice looks like any other. */
  @Test
  void answersDiffer_forTheSameChoice() {
    byte[] announcement = TransferSender.start(RANDOM).announcement();
    Set<String> answers = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      TransferReceiver receiver = TransferReceiver.choose(announcement, 0, 2, RANDOM);
      answers.add(HexFormat.of().formatHex(receiver.choice()));
      EdwardsPoint.decode(receiver.choice());
    }
    assertThat(answers).hasSize(20);
  }

  @Test
  void keysOfAnotherSender_areOthers() {
    TransferReceiver receiver =
        TransferReceiver.choose(TransferSender.start(RANDOM).announcement(), 1, 3, RANDOM);
    assertThat(TransferSender.start(RANDOM).keys(receiver.choice(), 3))
        .noneMatch(key -> Arrays.equals(key, receiver.key()));
  }

  @Test
  void answersAndAnnouncementsThatAreNoPoints_areRefused() {
    byte[] lowOrder = new byte[32];
    lowOrder[0] = 1;
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> TransferReceiver.choose(lowOrder, 0, 2, RANDOM))
        .matches(refused -> refused.reason() == Reason.INVALID_POINT);
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> TransferSender.start(RANDOM).keys(lowOrder, 2))
        .matches(refused -> refused.reason() == Reason.INVALID_POINT);
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> TransferSender.start(RANDOM).keys(new byte[5], 2))
        .matches(refused -> refused.reason() == Reason.MALFORMED);
  }

  @Test
  void whatIsSealed_opensUnderItsKeyAlone_andUnchangedOnly() {
    byte[] key = new byte[32];
    RANDOM.nextBytes(key);
    byte[] plain = "values".getBytes(StandardCharsets.UTF_8);
    byte[] sealed = SealedBytes.seal(key, plain);
    assertThat(sealed).hasSize(plain.length + SealedBytes.OVERHEAD);
    assertThat(SealedBytes.open(key, sealed)).isEqualTo(plain);
    byte[] otherKey = key.clone();
    otherKey[31] ^= 1;
    assertRefused(otherKey, sealed);
    byte[] changed = sealed.clone();
    changed[0] ^= 1;
    assertRefused(key, changed);
    assertRefused(key, new byte[3]);
  }

  private static void assertRefused(byte[] key, byte[] sealed) {
    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> SealedBytes.open(key, sealed))
        .matches(refused -> refused.reason() == Reason.WRONG_KEY);
  }
}
