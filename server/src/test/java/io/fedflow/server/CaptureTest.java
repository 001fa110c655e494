package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.testkit.net.TcpRelay;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody on the line between three servers sees of a training. */
class CaptureTest {

  /** Of the two tables and of the job: ids of rows, columns, components, tables, roles. */
  private static final List<String> MARKERS =
      List.of(
          "hetero_lr_0",
          "hetero_feature_binning_0",
          "breast_hetero_guest",
          "breast_hetero_host",
          "HeteroLR",
          "experiment",
          "fedflow.party.v1",
          "fedflow-to");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void namesAndIdsAreSeenOnlyWithoutTls(boolean insecure) throws Exception {
    List<ByteArrayOutputStream> lines = new ArrayList<>();
    try (ThreeServers servers = ThreeServers.start(folder, insecure)) {
      for (TcpRelay relay : servers.relays()) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        lines.add(line);
        relay.listen(line::writeBytes);
      }
      String job =
          servers.guest().blocking().submit(TestJobs.demoDsl(), ThreeServers.conf(1)).jobId();
      servers.result(job);

      List<String> seen = new ArrayList<>();
      long bytes = 0;
      for (ByteArrayOutputStream line : lines) {
        String text = line.toString(StandardCharsets.ISO_8859_1);
        bytes += text.length();
        for (String marker : with(job)) {
          if (text.contains(marker)) {
            seen.add(marker);
          }
        }
      }
      // Otherwise nothing would have been seen because nothing was there.
      assertThat(bytes).isGreaterThan(100_000);
      if (insecure) {
        assertThat(seen).contains(job, "hetero_lr_0", "breast_hetero_host");
      } else {
        assertThat(seen).isEmpty();
      }
    }
  }

  private static List<String> with(String job) {
    List<String> all = new ArrayList<>(MARKERS);
    all.add(job);
    return all;
  }
}
