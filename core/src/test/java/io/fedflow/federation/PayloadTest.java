package io.fedflow.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Damage;
import io.fedflow.fakes.Refusals;
import io.fedflow.federation.Payload.Format;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class PayloadTest {

  private static void assertMalformed(Callable<?> read, String when) {
    FedflowException refusal = Refusals.of(read::call, when);
    assertThat(refusal.kind()).as(when).isEqualTo(FailureKind.PEER);
    assertThat(refusal.code()).isEqualTo("federation.payload");
  }

  private static List<String> texts(Random random) {
    List<String> texts = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      texts.add(Damage.text(random));
    }
    return texts;
  }

  @Test
  void valuesComeBack() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      long[] longs = random.longs(random.nextInt(9)).toArray();
      assertThat(Payload.ofLongs(longs).asLongs()).isEqualTo(longs);
      double[] doubles = Arrays.stream(longs).mapToDouble(Double::longBitsToDouble).toArray();
      assertThat(
              Arrays.stream(Payload.ofDoubles(doubles).asDoubles())
                  .mapToLong(Double::doubleToLongBits))
          .containsExactlyElementsOf(
              Arrays.stream(doubles).mapToObj(Double::doubleToLongBits).toList());
      List<String> texts = texts(random);
      assertThat(Payload.ofTexts(texts).asTexts()).isEqualTo(texts);
    }
  }

  @Test
  void bytesAreLittleEndian() {
    assertThat(Payload.ofLongs(1).bytes()).containsExactly(1, 0, 0, 0, 0, 0, 0, 0);
    assertThat(Payload.ofDoubles(1.5).bytes()).containsExactly(0, 0, 0, 0, 0, 0, 0xf8, 0x3f);
    assertThat(Payload.ofTexts(List.of("é")).bytes())
        .containsExactly(1, 0, 0, 0, 2, 0, 0, 0, 0xc3, 0xa9);
    assertThat(Payload.ofLongs(1).size()).isEqualTo(9);
  }

  @Test
  void anotherFormatIsMalformed() {
    for (Format found : Format.values()) {
      Payload payload = new Payload(found, new byte[8]);
      for (Format asked : Format.values()) {
        if (asked == found) {
          assertThat(payload.as(asked)).isEqualTo(new byte[8]);
        } else {
          assertMalformed(() -> payload.as(asked), found + " as " + asked);
        }
      }
    }
    assertMalformed(() -> Payload.ofLongs(1).asDoubles(), "longs as doubles");
    assertMalformed(() -> Payload.ofDoubles(1).asTexts(), "doubles as texts");
    assertMalformed(() -> Payload.ofTexts(List.of()).asLongs(), "texts as longs");
  }

  @Test
  void whatWasReceivedNamesItsSender_andIsEqualToWhatWasSent() {
    Payload received =
        Payload.ofDoubles(1, Double.NaN)
            .receivedFrom(new Party(Role.HOST, "10000"), MessageTag.of("sums", 3));
    assertThat(received).isEqualTo(Payload.ofDoubles(1, Double.NaN));
    assertThat(received.asDoubles()).containsExactly(1, Double.NaN);
    assertThatThrownBy(received::asLongs)
        .hasMessageStartingWith("message sums#3 of host:10000: malformed payload");
    assertThatThrownBy(received::asFiniteDoubles)
        .hasMessageContaining("host:10000")
        .hasMessageContaining("number 1 is NaN");
    assertThat(Payload.ofDoubles(2).asFiniteDoubles()).containsExactly(2);
    assertMalformed(() -> Payload.ofDoubles(1 / 0.0).asFiniteDoubles(), "infinite");
  }

  @Test
  void whatAReaderRefusesNamesTheSender_ifItIsTheSendersFault() {
    Payload received =
        Payload.ofBytes(new byte[] {7})
            .receivedFrom(new Party(Role.GUEST, "9999"), MessageTag.of("key"));
    int read = received.read(Format.BYTES, bytes -> bytes[0]);
    assertThat(read).isEqualTo(7);
    assertThatThrownBy(
            () ->
                received.read(
                    Format.BYTES,
                    bytes -> {
                      throw FedflowException.peer("key.short", "a key of 1 byte");
                    }))
        .isInstanceOfSatisfying(
            FedflowException.class, refused -> assertThat(refused.code()).isEqualTo("key.short"))
        .hasMessage("message key of guest:9999: a key of 1 byte");
    assertThatThrownBy(
            () ->
                received.read(
                    Format.BYTES,
                    bytes -> {
                      throw FedflowException.invalid("own.fault", "ours");
                    }))
        .hasMessage("ours");
    assertMalformed(() -> received.read(Format.LONGS, bytes -> bytes), "bytes as longs");
  }

  @Test
  void cutNumbersAreMalformed() {
    for (int length = 1; length < 16; length++) {
      if (length != 8) {
        Payload longs = new Payload(Format.LONGS, new byte[length]);
        assertMalformed(longs::asLongs, length + " bytes");
        Payload doubles = new Payload(Format.DOUBLES, new byte[length]);
        assertMalformed(doubles::asDoubles, length + " bytes");
      }
    }
  }

  @Test
  void cutOrLongerTextsAreMalformed() {
    for (int seed = 0; seed < 200; seed++) {
      byte[] bytes = Payload.ofTexts(texts(new Random(seed))).bytes();
      for (int length = 0; length < bytes.length; length++) {
        Payload cut = new Payload(Format.TEXTS, Arrays.copyOf(bytes, length));
        assertMalformed(cut::asTexts, seed + " cut to " + length);
      }
      Payload longer = new Payload(Format.TEXTS, Arrays.copyOf(bytes, bytes.length + 1));
      assertMalformed(longer::asTexts, seed + " with one byte more");
    }
  }

  @Test
  void spoiltTextsAreOtherTextsOrMalformed() {
    for (int seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      byte[] bytes = Payload.ofTexts(texts(random)).bytes();
      byte[] spoilt =
          switch (random.nextInt(3)) {
            case 0 -> Damage.mutate(bytes, random);
            case 1 -> Damage.splice(bytes, random);
            default -> Damage.noise(random, 40);
          };
      Payload payload = new Payload(Format.TEXTS, spoilt);
      Refusals.assertFineOrRefused(
          "federation.payload",
          () -> assertThat(Payload.ofTexts(payload.asTexts()).bytes()).isEqualTo(spoilt),
          "seed " + seed);
    }
  }

  @Test
  void contentNeverReachesALog() {
    Payload secret = Payload.ofTexts(List.of("patient-7"));
    assertThat(secret.toString()).isEqualTo("TEXTS[17 bytes]");
    Payload broken = new Payload(Format.TEXTS, Arrays.copyOf(secret.bytes(), 16));
    assertThat(catchThrowable(broken::asTexts)).hasMessageNotContaining("patient");
    assertThat(secret)
        .isEqualTo(Payload.ofTexts(List.of("patient-7")))
        .hasSameHashCodeAs(Payload.ofTexts(List.of("patient-7")))
        .isNotEqualTo(Payload.ofBytes(secret.bytes()));
  }
}
