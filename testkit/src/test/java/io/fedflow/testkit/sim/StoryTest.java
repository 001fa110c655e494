package io.fedflow.testkit.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A seed decides everything. */
class StoryTest {

  private static final Set<Fault> FAULTS = EnumSet.allOf(Fault.class);

  @Test
  void theSameSeedTellsTheSameStory() {
    for (long seed = 0; seed < 30; seed++) {
      assertThat(SimulatedWorld.run(seed, FAULTS).text())
          .isEqualTo(SimulatedWorld.run(seed, FAULTS).text());
    }
  }

  @Test
  void otherSeedsTellOtherStories() {
    Set<Long> hashes = new HashSet<>();
    for (long seed = 0; seed < 30; seed++) {
      hashes.add(SimulatedWorld.run(seed, FAULTS).hash());
    }
    assertThat(hashes).hasSize(30);
  }

  /** Sets and maps of the JDK have another order in every process: none of it may show. */
  @Test
  void theSameSeedTellsTheSameStoryInAnotherProcess() throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.util.logging.config.file="
                    + System.getProperty("java.util.logging.config.file"),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Hashes.class.getName())
            .redirectErrorStream(true)
            .start();
    String told = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(told.strip()).isEqualTo(Hashes.all());
  }

  /** Prints the hashes of some stories. */
  static final class Hashes {

    private Hashes() {}

    static String all() {
      StringBuilder all = new StringBuilder();
      for (long seed = 0; seed < 30; seed++) {
        all.append(SimulatedWorld.run(seed, FAULTS).hash()).append(' ');
      }
      return all.toString().strip();
    }

    /** Takes no arguments. */
    public static void main(String[] none) {
      System.out.println(all());
    }
  }
}
