package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.tracking.LogLine;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogRoutesTest {

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options);
    edge.site.tracking.jobs.add(Rows.job("j1", Rows.GUEST, JobStatus.SUCCESS));
    edge.site.tracking.jobs.add(Rows.job("j1", Rows.HOST, JobStatus.SUCCESS));
    line(Rows.GUEST, 1, "", LogLine.Level.INFO, "job starts");
    line(Rows.GUEST, 2, "lr_0", LogLine.Level.DEBUG, "details");
    line(Rows.GUEST, 3, "lr_0", LogLine.Level.INFO, "peer at 10.1.2.3:9370");
    line(Rows.GUEST, 4, "", LogLine.Level.ERROR, "it failed");
    line(Rows.HOST, 1, "", LogLine.Level.INFO, "host side");
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  @Covers("/v1/log/size")
  void size_countsTheLinesOfEveryFile() {
    assertThat(size("jobSchedule", Map.of())).isEqualTo(3);
    assertThat(size("jobScheduleError", Map.of())).isEqualTo(1);
    Map<String, Object> guest = Map.of("role", "guest", "party_id", 9999);
    assertThat(size("partyDebug", guest)).isEqualTo(4);
    assertThat(size("partyInfo", guest)).isEqualTo(3);
    assertThat(size("partyWarning", guest)).isEqualTo(1);
    assertThat(size("partyError", guest)).isEqualTo(1);
    assertThat(
            size(
                "componentInfo",
                Map.of("role", "guest", "party_id", "9999", "component_name", "lr_0")))
        .isEqualTo(1);
    assertThat(edge.post("/v1/log/size", asked("jobSchedule", Map.of("job_id", "x"))).map())
        .containsEntry("size", 0);
  }

  @Test
  @Covers("/v1/log/cat")
  void cat_givesPagesAndMasksAddresses() {
    Map<String, Object> page =
        Map.of("role", "guest", "party_id", "9999", "begin", 2, "end", 3, "instance_id", "any");
    Reply reply = edge.post("/v1/log/cat", asked("partyInfo", page));
    assertThat(numbers(reply)).containsExactly(2, 3);
    assertThat(reply.text()).contains("peer at xxx.xxx.xxx.xxx:9370").doesNotContain("10.1.2.3");
    assertThat(numbers(edge.post("/v1/log/cat", asked("jobSchedule", Map.of()))))
        .containsExactly(1, 2, 3);
    assertThat(edge.post("/v1/log/cat", asked("jobSchedule", Map.of("job_id", "x"))).data())
        .isEqualTo(List.of());
  }

  @Test
  void pages_goOnOverManyPiecesOfALog() {
    for (int i = 5; i <= 2500; i++) {
      line(Rows.GUEST, i, "lr_0", LogLine.Level.INFO, "round " + i);
    }
    Map<String, Object> guest = Map.of("role", "guest", "party_id", 9999);
    assertThat(size("partyDebug", guest)).isEqualTo(2500);
    Map<String, Object> page = new HashMap<>(guest);
    page.put("begin", 1999);
    page.put("end", 2001);
    assertThat(edge.post("/v1/log/cat", asked("partyDebug", page)).text())
        .contains("round 1999", "round 2000", "round 2001")
        .doesNotContain("round 1998")
        .doesNotContain("round 2002");
  }

  @Test
  void wrongArguments_areNamed() {
    for (String route : List.of("/v1/log/size", "/v1/log/cat")) {
      assertThat(edge.post(route, asked("secrets", Map.of())).retmsg())
          .contains("log_type", "'secrets'", "partyDebug");
      assertThat(edge.post(route, asked("partyInfo", Map.of())).retmsg())
          .contains("role, party_id");
      assertThat(edge.post(route, Map.of("log_type", "jobSchedule")).retmsg()).contains("job_id");
    }
    Reply wide = edge.post("/v1/log/cat", asked("jobSchedule", Map.of("begin", 5, "end", 10_005)));
    assertThat(wide.retcode()).isEqualTo(101);
    assertThat(wide.retmsg()).contains("end: found 10005").contains("10004");
    assertThat(edge.post("/v1/log/cat", asked("jobSchedule", Map.of("begin", 0))).retmsg())
        .contains("begin: found '0'");
  }

  private int size(String type, Map<String, Object> more) {
    Reply reply = edge.post("/v1/log/size", asked(type, more));
    assertThat(reply.retcode()).as(type + " " + reply.retmsg()).isZero();
    return (int) reply.map().get("size");
  }

  private static Map<String, Object> asked(String type, Map<String, Object> more) {
    Map<String, Object> asked = new HashMap<>();
    asked.put("job_id", "j1");
    asked.put("log_type", type);
    asked.putAll(more);
    return asked;
  }

  @SuppressWarnings("unchecked")
  private static List<Object> numbers(Reply reply) {
    return ((List<Map<String, Object>>) reply.data())
        .stream().map(line -> line.get("line_num")).toList();
  }

  private void line(Party party, long number, String component, LogLine.Level level, String text) {
    edge.site.tracking.lines.add(
        new LogLine("j1", party, component, number, 1_767_240_000_000L, level, text));
  }
}
