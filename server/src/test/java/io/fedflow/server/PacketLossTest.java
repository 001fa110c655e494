package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training between three server processes on a network that loses one packet of fifty ends as one
 * on a sound network. The profile {@code loss} runs it; where the kernel lends nobody a network of
 * his own, or cannot lose packets, it is skipped and says why.
 */
@Tag("loss")
@Timeout(900)
class PacketLossTest {

  /** What is sent again by chance, because a machine is busy, is less. */
  private static final long SENT_AGAIN = 10;

  @TempDir Path folder;

  @Test
  void lostPacketsChangeNothing() throws Exception {
    Path file = folder.resolve("result.txt");
    int code = inANetworkOfItsOwn(file);
    assumeTrue(code != LossyNetwork.NO_WAY, () -> "no packets can be lost here: " + read(file));
    assertThat(code).isZero();
    List<String> lines = Files.readAllLines(file);
    System.getLogger("loss")
        .log(
            System.Logger.Level.INFO,
            "lost by " + lines.get(0) + ", segments sent again: " + lines.get(1));
    assertThat(Long.parseLong(lines.get(1))).isGreaterThan(SENT_AGAIN);

    Map<String, String> undisturbed = LossyNetwork.job(folder.resolve("sound"));

    assertThat(undisturbed).hasSizeGreaterThan(ThreeServers.PARTIES.size());
    assertThat(lines.subList(2, lines.size()))
        .isEqualTo(
            undisturbed.entrySet().stream()
                .map(entry -> LossyNetwork.line(entry.getKey(), entry.getValue()))
                .toList());
  }

  private int inANetworkOfItsOwn(Path file) throws Exception {
    assumeTrue(
        allowed(), "the kernel lends no network namespace here (unshare --map-root-user --net)");
    Process process =
        new ProcessBuilder(
                "unshare",
                "--map-root-user",
                "--net",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LossyNetwork.class.getName(),
                folder.resolve("lossy").toString(),
                file.toString())
            .inheritIO()
            .start();
    try {
      assertThat(process.waitFor(600, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      // Servers of a process that is stuck would stay.
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static boolean allowed() throws InterruptedException {
    try {
      return new ProcessBuilder("unshare", "--map-root-user", "--net", "true").start().waitFor()
          == 0;
    } catch (IOException missing) {
      return false;
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException missing) {
      return "it did not say why";
    }
  }
}
