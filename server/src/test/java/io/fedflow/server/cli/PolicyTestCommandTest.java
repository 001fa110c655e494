package io.fedflow.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the rules say about the demo's job, without a server. */
class PolicyTestCommandTest {

  @TempDir Path folder;

  private record Told(int code, String out) {}

  @BeforeEach
  void documents() throws Exception {
    for (String name : List.of("demo_dsl.json", "demo_conf.json")) {
      try (InputStream in =
          PolicyTestCommandTest.class.getResourceAsStream("/io/fedflow/server/cli/jobs/" + name)) {
        Files.copy(in, folder.resolve(name));
      }
    }
  }

  private Told test(String rules, String... more) throws Exception {
    Path policy =
        Files.writeString(
            folder.resolve("policy.json"), "{\"version\":1,\"rules\":[" + rules + "]}");
    StringWriter out = new StringWriter();
    CommandLine line =
        FedflowCommand.line("test", List.of())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out));
    String[] words =
        Stream.concat(
                Stream.of(
                    "policy",
                    "test",
                    folder.resolve("demo_dsl.json").toString(),
                    folder.resolve("demo_conf.json").toString(),
                    "--policy",
                    policy.toString()),
                Stream.of(more))
            .toArray(String[]::new);
    return new Told(line.execute(words), out.toString());
  }

  @Test
  void jobsThatMeetTheRules_areAllowed() throws Exception {
    Told told =
        test(
            "{\"name\":\"keys\",\"type\":\"key_sizes\",\"paillier\":2048},"
                + "{\"name\":\"who\",\"type\":\"partners\",\"allow\":[9999,10000]}");
    assertThat(told.code()).isZero();
    assertThat(told.out()).contains("guest:9999: allowed", "arbiter:10000: allowed", "keys");
  }

  @Test
  void refusalsNameRuleFieldFoundAndAllowed() throws Exception {
    Told told =
        test(
            "{\"name\":\"keys\",\"type\":\"key_sizes\",\"paillier\":3072},"
                + "{\"name\":\"asked\",\"type\":\"approve\"}",
            "--party",
            "host:10000");
    assertThat(told.code()).isEqualTo(1);
    assertThat(told.out())
        .contains(
            "host:10000: refused",
            "refuses  keys (key_sizes)",
            "hetero_lr_0/encrypt_param/key_length: found 2048 bits, allowed 3072 bits or more")
        .doesNotContain("guest:9999: ref");
  }

  @Test
  void questionsHaveACodeOfTheirOwn() throws Exception {
    Told told = test("{\"name\":\"asked\",\"type\":\"approve\"}", "--json");
    assertThat(told.code()).isEqualTo(3);
    assertThat(told.out())
        .contains(
            "\"host:10000\":{\"outcome\":\"approval\"", "\"guest:9999\":{\"outcome\":\"allowed\"");
  }

  @Test
  void rowsAreUnknownUnlessTold() throws Exception {
    String rule = "{\"name\":\"rows\",\"type\":\"min_rows\",\"rows\":100}";
    Told unknown = test(rule);
    assertThat(unknown.code()).isZero();
    assertThat(unknown.out()).contains("unknown  rows", "found nothing offline");
    Told few = test(rule, "--rows", "experiment.breast_hetero_host=99");
    assertThat(few.code()).isEqualTo(1);
    assertThat(few.out()).contains("found 99 rows, allowed 100 rows or more");
  }

  @Test
  void wrongRulesAndPartiesAreNamed() throws Exception {
    Told rule = test("{\"name\":\"x\",\"type\":\"parties\"}");
    assertThat(rule.code()).isEqualTo(1);
    assertThat(rule.out()).contains("policy/rules/0/type", "parties", "one of [partners");
    Told party = test("{\"name\":\"asked\",\"type\":\"approve\"}", "--party", "host:7");
    assertThat(party.out()).contains("--party: found host:7, allowed one of");
  }
}
