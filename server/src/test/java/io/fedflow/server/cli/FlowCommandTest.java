package io.fedflow.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.client.Answer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FlowCommandTest {

  /** FATE's commands that ask a server, but for merges of models, WOE arrays and templates. */
  private static final Map<String, List<String>> OFFICIAL =
      Map.ofEntries(
          Map.entry(
              "job",
              List.of(
                  "submit",
                  "list",
                  "query",
                  "stop",
                  "rerun",
                  "config",
                  "log",
                  "view",
                  "dsl",
                  "parameter-update")),
          Map.entry("task", List.of("list", "query")),
          Map.entry(
              "component",
              List.of(
                  "list",
                  "metrics",
                  "metric-all",
                  "metric-delete",
                  "parameters",
                  "output-model",
                  "output-data-table",
                  "output-data",
                  "get-summary")),
          Map.entry(
              "tracking",
              List.of(
                  "metrics",
                  "metric-all",
                  "parameters",
                  "output-model",
                  "output-data-table",
                  "output-data",
                  "get-summary")),
          Map.entry("data", List.of("upload", "download", "writer", "upload-history")),
          Map.entry(
              "table",
              List.of(
                  "info",
                  "delete",
                  "disable",
                  "enable",
                  "disable-delete",
                  "add",
                  "bind",
                  "connector-create",
                  "connector-query",
                  "tracking-source",
                  "tracking-job")),
          Map.entry(
              "model",
              List.of(
                  "load",
                  "bind",
                  "import",
                  "export",
                  "migrate",
                  "homo-convert",
                  "homo-deploy",
                  "tag-model",
                  "tag-list",
                  "get-predict-dsl",
                  "get-predict-conf",
                  "deploy",
                  "get-model-info")),
          Map.entry("tag", List.of("create", "query", "update", "delete", "list")),
          Map.entry("checkpoint", List.of("list", "get")),
          Map.entry("server", List.of("versions", "reload")),
          Map.entry("service", List.of("registry")),
          Map.entry("provider", List.of("list", "register", "list-components")),
          Map.entry("resource", List.of("query", "return")),
          Map.entry("privilege", List.of("grant", "delete", "query")),
          Map.entry("key", List.of("save", "delete", "query")),
          Map.entry("queue", List.of("clean")));

  private static int run(StringWriter err, String... arguments) {
    CommandLine line = FedflowCommand.line("test", List.of());
    line.setErr(new PrintWriter(err, true));
    line.setOut(new PrintWriter(new StringWriter(), true));
    return line.execute(arguments);
  }

  @Test
  void everyOfficialCommand_isThere() {
    Map<String, CommandLine> groups = FlowCommand.tree().getSubcommands();
    assertThat(groups).containsOnlyKeys(OFFICIAL.keySet());
    OFFICIAL.forEach(
        (group, verbs) ->
            assertThat(groups.get(group).getSubcommands().keySet())
                .as(group)
                .containsExactlyInAnyOrderElementsOf(verbs));
  }

  @Test
  void withoutWords_theGroupsAreListed() {
    StringWriter err = new StringWriter();
    assertThat(run(err, "flow")).isEqualTo(2);
    assertThat(err.toString()).contains("fedflow flow").contains("checkpoint");
    StringWriter verbs = new StringWriter();
    assertThat(run(verbs, "flow", "job")).isEqualTo(2);
    assertThat(verbs.toString()).contains("subcommand");
    assertThat(run(new StringWriter(), "flow", "job", "query", "--help")).isZero();
  }

  @Test
  void missingOptions_areNamed() {
    StringWriter err = new StringWriter();
    assertThat(run(err, "flow", "job", "config", "-j", "1", "-r", "guest", "-o", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("--party-id");
  }

  @Test
  void steps_haveOneName() {
    String[] step =
        "flow checkpoint get -r guest -p 1 --model-id m --model-version v -cpn c".split(" ");
    StringWriter err = new StringWriter();
    assertThat(run(err, step)).isEqualTo(1);
    assertThat(err.toString()).contains("--step-index and --step-name");
  }

  @Test
  void wrongNumbersAndFiles_areNamedBeforeAnythingIsAsked() {
    StringWriter err = new StringWriter();
    // Nothing listens at this port: a request would say so.
    String server = "http://127.0.0.1:1";
    assertThat(run(err, "flow", "job", "list", "-l", "ten", "--server", server)).isEqualTo(1);
    assertThat(err.toString()).contains("-l: found ten").doesNotContain("no server");
    StringWriter absent = new StringWriter();
    assertThat(run(absent, "flow", "job", "submit", "-c", "/no/conf.json", "--server", server))
        .isEqualTo(1);
    assertThat(absent.toString()).contains("/no/conf.json").doesNotContain("no server");
  }

  @Test
  void rows_becomeATable() {
    List<Map<String, Object>> rows =
        List.of(
            Map.of("f_job_id", "1", "f_status", "success", "f_dsl", Map.of("a", 1), "f_x", "y"),
            Map.of("f_job_id", "22", "f_status", "failed"));
    assertThat(AnswerText.of(new Answer(200, Map.of("retcode", 0, "data", rows))))
        .isEqualTo("f_job_id  f_status\n1         success\n22        failed");
    Map<String, Object> listed = Map.of("jobs", rows, "count", 2);
    assertThat(AnswerText.of(new Answer(200, Map.of("retcode", 0, "data", listed))))
        .startsWith("f_job_id  f_status");
  }

  @Test
  void otherData_becomesIndentedJson() {
    assertThat(AnswerText.of(new Answer(200, Map.of("retcode", 0, "data", Map.of("a", 1)))))
        .isEqualTo("{\n  \"a\": 1\n}");
    assertThat(AnswerText.of(new Answer(200, Map.of("retcode", 0, "retmsg", "success"))))
        .isEqualTo("success");
    assertThat(
            AnswerText.of(new Answer(200, Map.of("retcode", 0, "retmsg", "success", "jobId", "7"))))
        .isEqualTo("job 7: success");
  }
}
