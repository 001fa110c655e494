package io.fedflow.server;

import static io.fedflow.server.OriginalSite.list;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code flow model}, {@code tag} and {@code checkpoint}. */
interface OriginalModelCommands extends OriginalCommands {

  @Test
  default void tags() throws Exception {
    site().right("tag", "create", "-t", "good one", "-d", "first");
    assertThat(site().data("tag", "query", "-t", "good one"))
        .isEqualTo(Map.of("tags", List.of(Map.of("name", "good one", "description", "first"))));
    site().right("model", "tag-model", "-j", site().jobId(), "-t", "good one");
    assertThat(site().data("model", "tag-list", "-j", site().jobId()))
        .isEqualTo(
            Map.of(
                "count", 1, "tags", List.of(Map.of("name", "good one", "description", "first"))));
    assertThat(
            list(
                TestServer.at(
                    site().data("tag", "query", "-t", "good one", "--with-model"), "models")))
        .hasSize(3)
        .allSatisfy(
            model -> assertThat(TestServer.at(model, "model_version")).isEqualTo(site().jobId()));
    site()
        .right(
            "tag", "update", "-t", "good one", "--new-tag-name", "better", "--new-tag-desc", "new");
    List<Object> tags = list(TestServer.at(site().data("tag", "list", "-l", "1"), "tags"));
    assertThat(tags)
        .isEqualTo(List.of(Map.of("name", "better", "description", "new", "model_count", 1)));
    site().right("model", "tag-model", "-j", site().jobId(), "-t", "better", "--remove");
    assertThat(TestServer.at(site().data("model", "tag-list", "-j", site().jobId()), "count"))
        .isEqualTo(0);
    site().right("tag", "delete", "-t", "better");
    assertThat(site().wrong(100, "tag", "query", "-t", "better")).isNotEmpty();
  }
}
