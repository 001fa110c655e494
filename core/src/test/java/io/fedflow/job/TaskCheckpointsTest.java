package io.fedflow.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.Checkpoint;
import io.fedflow.component.TaskId;
import io.fedflow.fakes.Blobs;
import io.fedflow.fakes.Damage;
import io.fedflow.fakes.Plans;
import io.fedflow.fakes.Refusals;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TaskCheckpointsTest {

  private static final TaskId FIRST = new TaskId("j", "lr", 0);
  private static final TaskId SECOND = new TaskId("j", "lr", 1);
  private static final Checkpoint KEPT = new Checkpoint(7, new byte[] {1, 2, 3, 4});

  private final Blobs blobs = new Blobs();
  private final TaskCheckpoints checkpoints = new TaskCheckpoints(blobs);

  private Optional<Checkpoint> read() {
    return checkpoints.read(SECOND, Plans.GUEST, "origin");
  }

  private void write() {
    checkpoints.write(FIRST, Plans.GUEST, "origin", KEPT);
  }

  @Test
  void theNextAttemptReadsWhatWasKept_fromTheSameOriginOnly() {
    write();
    assertThat(read()).contains(KEPT);
    assertThat(checkpoints.read(FIRST, Plans.GUEST, "origin")).isEmpty();
    assertThat(checkpoints.read(SECOND, Plans.GUEST, "another")).isEmpty();
    assertThat(checkpoints.read(SECOND, Plans.HOST, "origin")).isEmpty();
  }

  @Test
  void aDamagedOneIsWorthless_whateverBitItIs() {
    write();
    byte[][] whole = new byte[1][];
    blobs.spoil(bytes -> whole[0] = bytes);
    for (int bit = 0; bit < whole[0].length * 8; bit++) {
      byte[] flipped = whole[0].clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      requireWorthless(flipped, "bit " + bit);
    }
    for (int length = 0; length < whole[0].length; length++) {
      requireWorthless(Arrays.copyOf(whole[0], length), "length " + length);
    }
    requireWorthless(Arrays.copyOf(whole[0], whole[0].length + 1), "one more");
    for (int seed = 0; seed < 500; seed++) {
      requireWorthless(Damage.splice(whole[0], new Random(seed)), "seed " + seed);
    }
  }

  private void requireWorthless(byte[] damaged, String when) {
    blobs.spoil(bytes -> damaged);
    assertThat(read()).as(when).isEmpty();
    Refusals.assertRefused(
        "checkpoint.damaged", () -> TaskCheckpoints.check(new ByteArrayInputStream(damaged)), when);
  }
}
