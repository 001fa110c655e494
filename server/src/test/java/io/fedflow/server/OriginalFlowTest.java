package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
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

  private static final String WRITE = "fedflow.originals.write";

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
                Map.of("model_id", OriginalSite.MODEL_ID, "model_version", site.jobId())))
        .containsKey("board_url");
  }

  @Test
  void wholeTable_isDocumented() throws Exception {
    for (RequestRecorder.Passed request : site.recorder().passed()) {
      String path = request.target().replaceAll("\\?.*", "");
      site.commands().route(request.label(), request.method(), path);
    }
    assertThat(site.commands().commands()).containsExactlyElementsOf(site.client().commands());
    keep(Path.of("..", "transport", "docs", "flow-commands.md"), site.commands().text());
    keep(
        Path.of("src", "test", "resources", "originals", "requests.jsonl"),
        Recordings.text(Recordings.of(site.recorder().passed(), new Placeholders(folder))));
  }

  private static void keep(Path file, String text) throws IOException {
    Path at = Path.of(System.getProperty("basedir", "")).resolve(file);
    if (Boolean.getBoolean(WRITE)) {
      Files.writeString(at, text);
    }
    assertThat(at).as("run this class with -D" + WRITE + "=true to write it anew").hasContent(text);
  }
}
