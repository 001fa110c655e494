package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of FATE's own flow program against a server, looking at the data that it gives. The
 * order of the tests is that of the recorded requests.
 */
@Tag("originals")
@TestMethodOrder(MethodOrderer.MethodName.class)
class OriginalFlowTest
    implements OriginalJobCommands,
        OriginalTrackingCommands,
        OriginalTableCommands,
        OriginalModelCommands,
        OriginalSiteCommands {

  @TempDir static Path folder;
  private static OriginalSite site;

  @BeforeAll
  static void start() throws Exception {
    site = new OriginalSite(folder);
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      site.close();
    }
  }

  @Override
  public OriginalSite site() {
    return site;
  }

  @Test
  void job_submit() {
    Map<String, Object> submitted = site.submitted();
    assertThat(submitted).containsEntry("retmsg", "success");
    assertThat(OriginalSite.map(submitted.get("data")))
        .contains(
            entry("message", "success"),
            entry(
                "model_info",
                Map.of(
                    "model_id",
                    "arbiter-10000#guest-9999#host-10000#model",
                    "model_version",
                    site.jobId())))
        .containsKey("board_url");
  }

  @Test
  void wholeTable_isDocumented() throws Exception {
    site.recorder()
        .passed()
        .forEach(
            request ->
                site.commands()
                    .route(
                        request.label(),
                        request.method(),
                        request.target().replaceAll("\\?.*", "")));
    assertThat(site.commands().commands()).containsAll(site.client().commands());
  }
}
