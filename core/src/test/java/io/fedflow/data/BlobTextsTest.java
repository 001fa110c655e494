package io.fedflow.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.fakes.Blobs;
import io.fedflow.fakes.Damage;
import io.fedflow.fakes.Refusals;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlobTextsTest {

  private final Blobs blobs = new Blobs();
  private final BlobTexts texts = new BlobTexts(blobs, "the permissions");

  @Test
  void aTextComesBack_andAnEmptyOneToo() {
    for (String text : new String[] {"", "a", "zwölf\n\t✓"}) {
      texts.write("k", text);
      assertThat(texts.read("k")).contains(text);
    }
    texts.delete("k");
    assertThat(texts.read("k")).isEmpty();
  }

  @Test
  void everyFlippedBitIsNoticed_andNamesTheText() {
    texts.write("k", "9999 may run");
    byte[][] whole = new byte[1][];
    blobs.spoil(bytes -> whole[0] = bytes);
    for (int bit = 0; bit < whole[0].length * 8; bit++) {
      byte[] flipped = whole[0].clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      blobs.spoil(bytes -> flipped);
      Refusals.assertRefused("text.damaged", () -> texts.read("k"), "bit " + bit);
      assertThat(Refusals.of(() -> texts.read("k"), "bit " + bit))
          .hasMessageContaining("the permissions (blob k)");
    }
  }

  @Test
  void everyCutAndEveryOtherDamageIsNoticed() {
    for (int seed = 0; seed < 1_000; seed++) {
      Random random = new Random(seed);
      texts.write("k", Damage.text(random));
      int kind = random.nextInt(3);
      blobs.spoil(
          bytes ->
              switch (kind) {
                case 0 -> Damage.mutate(bytes, random);
                case 1 -> Damage.splice(bytes, random);
                default -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
              });
      Refusals.assertRefused("text.damaged", () -> texts.read("k"), "seed " + seed);
    }
  }
}
