package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import io.fedflow.job.Inheritance;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.pipeline.PipelineManager.Submitted;
import io.fedflow.spi.TaskQuery;
import io.fedflow.tracking.LogLine;
import io.fedflow.tracking.OutputData;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRoutesTest {

  private static final Map<String, Object> CONF = Map.of("dsl_version", 2);

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options);
    edge.site.tracking.jobs.add(Rows.job("j1", Rows.GUEST, JobStatus.RUNNING));
    edge.site.tracking.jobs.add(Rows.job("j1", Rows.HOST, JobStatus.RUNNING));
    edge.site.tracking.jobs.add(Rows.job("j2", Rows.GUEST, JobStatus.FAILED));
    edge.site.tracking.tasks.add(Rows.task("j1", "lr_0", Rows.GUEST, TaskStatus.RUNNING));
    edge.site.tracking.tasks.add(Rows.task("j2", "lr_0", Rows.GUEST, TaskStatus.FAILED));
    edge.site.pipelines.plans.put("j1", Rows.plan());
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  @Covers("/v1/job/submit")
  void submit_answersWhatClientsNeed() {
    edge.site.pipelines.onSubmit =
        documents ->
            CompletableFuture.completedFuture(
                new Submitted(
                    "42",
                    Rows.GUEST,
                    "m#1",
                    "42",
                    List.of(new Problem("conf/job_parameters/work_mode", "ignored", "0", "-"))));
    Reply reply =
        edge.post("/v1/job/submit", Map.of("job_dsl", Map.of("a", 1), "job_runtime_conf", CONF));
    assertThat(reply.retcode()).isZero();
    assertThat(reply.retmsg()).isEqualTo("success");
    assertThat(reply.tree()).containsEntry("jobId", "42");
    assertThat(reply.map())
        .containsEntry("code", 0)
        .containsEntry("model_info", Map.of("model_id", "m#1", "model_version", "42"))
        .containsEntry(
            "board_url", "http://127.0.0.1:" + edge.port + "/#/job/42?role=guest&party_id=9999")
        .containsKeys("logs_directory", "dsl_path", "runtime_conf_path", "pipeline_dsl_path");
    assertThat((String) reply.map().get("message")).startsWith("[WARN]").contains("work_mode");
    assertThat(edge.site.pipelines.submitted.get(0).dsl()).isEqualTo(Map.of("a", 1));
  }

  @Test
  void submit_keepsNoPathsThatTheClientAdds() {
    Map<String, Object> conf = new HashMap<>(CONF);
    conf.put("conf_path", "/home/ana/conf.json");
    conf.put("dsl_path", "/home/ana/dsl.json");
    Reply reply =
        edge.post("/v1/job/submit", Map.of("job_dsl", Map.of(), "job_runtime_conf", conf));
    assertThat(reply.map()).containsEntry("message", "success");
    assertThat(edge.site.pipelines.submitted.get(0).conf()).isEqualTo(CONF);
  }

  @Test
  void submit_warnsOfParametersThatFateRemoved() {
    Map<String, Object> common = Map.of("work_mode", 0, "backend", 1, "task_cores", 2);
    Map<String, Object> two = Map.of("job_parameters", Map.of("common", common));
    assertThat(message(two))
        .startsWith("[WARN] ")
        .contains("conf/job_parameters/common/work_mode", "conf/job_parameters/common/backend")
        .doesNotContain("task_cores");
    // The usual place of version 1.
    assertThat(message(Map.of("job_parameters", common))).isEqualTo("success");
    assertThat(message(Map.of("job_parameters", "odd"))).isEqualTo("success");
  }

  private String message(Map<String, Object> conf) {
    return (String)
        edge.post("/v1/job/submit", Map.of("job_runtime_conf", conf)).map().get("message");
  }

  @Test
  void submit_takesTheOtherNamesAndNoDsl() {
    assertThat(edge.post("/v1/job/submit", Map.of("runtime_conf", CONF)).retcode()).isZero();
    assertThat(edge.site.pipelines.submitted.get(0).dsl()).isEmpty();
  }

  @Test
  void submit_listsEveryProblem() {
    edge.site.pipelines.onSubmit =
        documents -> {
          throw new ProblemsException(
              List.of(
                  new Problem("dsl/components", "is empty", "{}", "one component"),
                  new Problem("conf/role", "is missing", "nothing", "an object")));
        };
    Reply reply = edge.post("/v1/job/submit", Map.of("job_runtime_conf", CONF));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.retcode()).isEqualTo(103);
    assertThat(reply.retmsg()).contains("dsl/components").contains("conf/role");
    assertThat((List<?>) reply.map().get("problems"))
        .hasSize(2)
        .first()
        .isEqualTo(
            Map.of(
                "pointer",
                "dsl/components",
                "message",
                "is empty",
                "found",
                "{}",
                "allowed",
                "one component"));
  }

  @Test
  void submit_neverUsesWordsThatMakeClientsResubmit() {
    edge.site.pipelines.onSubmit =
        documents ->
            CompletableFuture.failedFuture(
                new FedflowException(
                    FailureKind.PEER, "party.away", "host 10000: Connection Refused, max retries"));
    Reply reply = edge.post("/v1/job/submit", Map.of("job_runtime_conf", CONF));
    assertThat(reply.retcode()).isEqualTo(103);
    assertThat(reply.retmsg().toLowerCase())
        .contains("host 10000")
        .doesNotContain("connection refused")
        .doesNotContain("max retries");
  }

  @Test
  void submit_refusesOtherTypes() {
    assertThat(edge.post("/v1/job/submit", Map.of("job_runtime_conf", "text")).retcode())
        .isEqualTo(101);
    assertThat(
            edge.post("/v1/job/submit", Map.of("job_runtime_conf", CONF, "job_dsl", List.of()))
                .retcode())
        .isEqualTo(101);
    assertThat(edge.site.pipelines.submitted).isEmpty();
  }

  @Test
  @Covers("/v1/job/stop")
  void stop_tellsWhetherTheJobIsKnown() {
    assertThat(edge.post("/v1/job/stop", Map.of("job_id", "j1")).retcode()).isZero();
    edge.site.pipelines.stops = false;
    assertThat(edge.post("/v1/job/stop", Map.of("job_id", "j2")).retmsg()).contains("failed");
    assertThat(edge.post("/v1/job/stop", Map.of("job_id", "nope")).retcode()).isEqualTo(102);
    assertThat(edge.post("/v1/job/stop", Map.of()).retcode()).isEqualTo(101);
    assertThat(edge.post("/v1/job/stop", Map.of("job_id", List.of(Map.of()))).retcode())
        .isEqualTo(101);
  }

  @Test
  @Covers("/v1/job/rerun")
  void rerun_passesOnWhatIsAsked() {
    assertThat(edge.post("/v1/job/rerun", Map.of("job_id", "j1")).retmsg())
        .isEqualTo("rerun job success");
    edge.post("/v1/job/rerun", Map.of("job_id", "j1", "component_name", "pipeline"));
    edge.post(
        "/v1/job/rerun",
        Map.of("job_id", "j1", "component_name", List.of("a", "b"), "force", true));
    assertThat(edge.site.pipelines.reruns)
        .containsExactly("j1 [] false", "j1 [] false", "j1 [a, b] true");
    edge.site.pipelines.onRerun =
        () ->
            CompletableFuture.failedStage(
                new FedflowException(FailureKind.CONFLICT, "job.rerun", "job j1 is RUNNING"));
    Reply running = edge.post("/v1/job/rerun", Map.of("job_id", "j1"));
    assertThat(running.retcode()).isEqualTo(103);
    assertThat(running.retmsg()).contains("RUNNING");
    edge.site.pipelines.onRerun =
        () -> CompletableFuture.failedStage(FedflowException.invalid("job.unknown", "unknown"));
    assertThat(edge.post("/v1/job/rerun", Map.of("job_id", "j1")).retcode()).isEqualTo(102);
    assertThat(edge.post("/v1/job/rerun", Map.of()).retcode()).isEqualTo(101);
  }

  @Test
  void query_showsWhatIsInherited() {
    edge.site.tracking.jobs.add(
        Rows.job("heir", Rows.GUEST, JobStatus.SUCCESS)
            .inherited(new Inheritance("j1", List.of("reader_0"), Inheritance.Status.SUCCESS), 9));
    Reply reply = edge.post("/v1/job/query", Map.of("job_id", "heir"));
    Map<?, ?> row = (Map<?, ?>) ((List<?>) reply.data()).get(0);
    assertThat(row.get("f_inheritance_info"))
        .isEqualTo(Map.of("job_id", "j1", "component_list", List.of("reader_0")));
    assertThat(row.get("f_inheritance_status")).isEqualTo("success");
  }

  @Test
  @Covers("/v1/job/clean")
  void clean_takesAllAttemptsThatMatch() {
    edge.site.pipelines.outcomes = Map.of("j1", "");
    Reply reply = edge.post("/v1/job/clean", Map.of("job_id", "j1", "party_id", 9999));
    assertThat(reply.retcode()).isZero();
    assertThat(reply.retmsg()).isEqualTo("success");
    assertThat(reply.map()).isEqualTo(Map.of("cleaned", List.of("j1"), "refused", Map.of()));
    TaskQuery asked = edge.site.pipelines.cleaned.get(0);
    assertThat(asked.jobIds()).containsExactly("j1");
    assertThat(asked.partyIds()).containsExactly("9999");
    assertThat(asked.onlyLatest()).isFalse();
  }

  @Test
  void clean_namesWhatIsRefused() {
    edge.site.pipelines.outcomes = Map.of("j1", "", "j2", "job j2 is RUNNING");
    Reply partly = edge.post("/v1/job/clean", Map.of("role", "guest"));
    assertThat(partly.retcode()).isZero();
    assertThat(partly.retmsg()).contains("j2 is RUNNING");
    edge.site.pipelines.outcomes = Map.of("j2", "job j2 is RUNNING");
    Reply refused = edge.post("/v1/job/clean", Map.of("job_id", "j2"));
    assertThat(refused.retcode()).isEqualTo(103);
    assertThat(refused.map().get("refused")).isEqualTo(Map.of("j2", "job j2 is RUNNING"));
  }

  @Test
  void clean_neverMeansEverything() {
    assertThat(edge.post("/v1/job/clean", Map.of("job_id", List.of())).retcode()).isNotZero();
    assertThat(edge.site.pipelines.cleaned).isEmpty();
    assertThat(edge.post("/v1/job/clean", Map.of()).retcode()).isEqualTo(100);
    assertThat(edge.post("/v1/job/clean", Map.of("job", "j1")).retcode()).isEqualTo(100);
    assertThat(edge.site.pipelines.cleaned).isEmpty();
    assertThat(edge.post("/v1/job/clean", Map.of("job_id", "no")).retcode()).isEqualTo(100);
  }

  @Test
  @Covers("/v1/job/parameter/update")
  void parameterUpdate_answersWithFatesFields() {
    Reply reply =
        edge.post(
            "/v1/job/parameter/update",
            Map.of(
                "job_id",
                "j1",
                "job_parameters",
                Map.of("common", Map.of("timeout", 7)),
                "component_parameters",
                Map.of("common", Map.of("lr_0", Map.of("alpha", 1)))));
    assertThat(reply.retcode()).isZero();
    assertThat(reply.map())
        .isEqualTo(
            Map.of(
                "job_parameters",
                Map.of("common", Map.of()),
                "component_parameters",
                Map.of("role", Map.of()),
                "components",
                List.of("lr_0")));
    assertThat(edge.site.pipelines.updates)
        .containsExactly("j1 {common={timeout=7}} {common={lr_0={alpha=1}}}");
    assertThat(edge.post("/v1/job/parameter/update", Map.of()).retcode()).isEqualTo(101);
  }

  @Test
  void parameterUpdate_refusals() {
    assertThat(updateThatFails(FedflowException.invalid("job.unknown", "unknown"))).isEqualTo(102);
    assertThat(updateThatFails(FedflowException.invalid("job.not_here", "there"))).isEqualTo(102);
    assertThat(updateThatFails(FedflowException.peer("job.update", "host"))).isEqualTo(103);
    assertThat(updateThatFails(new FedflowException(FailureKind.CONFLICT, "job.live", "j1 runs")))
        .isEqualTo(103);
    assertThat(
            updateThatFails(
                new ProblemsException(List.of(new Problem("conf/x", "wrong", "1", "2")))))
        .isEqualTo(103);
  }

  private int updateThatFails(FedflowException failure) {
    edge.site.pipelines.onUpdate = () -> CompletableFuture.failedStage(failure);
    Reply reply = edge.post("/v1/job/parameter/update", Map.of("job_id", "j1"));
    assertThat(reply.retmsg()).isNotEqualTo("success");
    return reply.retcode();
  }

  @Test
  @Covers("/v1/job/clean/queue")
  void cleanQueue_tellsWhichWaitingJobsWereCanceled() {
    Reply reply = edge.post("/v1/job/clean/queue", Map.of());
    assertThat(reply.retcode()).isZero();
    assertThat(reply.map()).isEqualTo(Map.of("w1", 0, "w2", 2));
  }

  @Test
  void events_canBeCleaned() {
    assertThat(edge.post("/fedflow/v1/jobs/j2/events/clean", Map.of()).retcode()).isZero();
    assertThat(edge.site.queue.cleaned).containsExactly("j2");
  }

  @Test
  void query_matchesNumbersAndTexts() {
    for (Object id : List.of(9999, "9999")) {
      Reply reply =
          edge.post("/v1/job/query", Map.of("job_id", "j1", "role", "guest", "party_id", id));
      assertThat((List<?>) reply.data()).hasSize(1);
      assertThat(reply.retmsg()).isEqualTo("success");
    }
    Reply both = edge.post("/v1/job/query", Map.of("party_id", List.of(9999, "10000")));
    assertThat((List<?>) both.data()).hasSize(3);
  }

  @Test
  @SuppressWarnings("unchecked")
  @Covers("/v1/job/query")
  void query_rowsHoldFatesColumns() {
    Reply reply = edge.post("/v1/job/query", Map.of("job_id", "j2", "local", Map.of("role", "x")));
    Map<String, Object> row = ((List<Map<String, Object>>) reply.data()).get(0);
    assertThat(row)
        .containsEntry("f_job_id", "j2")
        .containsEntry("f_role", "guest")
        .containsEntry("f_party_id", "9999")
        .containsEntry("f_is_initiator", true)
        .containsEntry("f_status", "failed")
        .containsEntry("f_progress", 100)
        .containsEntry("f_initiator_party_id", "9999")
        .containsEntry("f_roles", Map.of("guest", List.of(9999), "host", List.of(10000)))
        .containsEntry("f_create_date", "2026-01-01 04:00:00")
        .containsEntry("f_elapsed", 57_000)
        .containsEntry("f_description", "my note")
        .containsEntry("f_engine_name", "STANDALONE")
        .containsEntry("f_cores", 1)
        .containsEntry("f_resource_in_use", true)
        .containsKeys("f_dsl", "f_runtime_conf", "f_runtime_conf_on_party", "f_end_time");
  }

  @Test
  void query_refusesTextsThatNoStoreKeeps() {
    Reply reply = edge.post("/v1/job/query", Map.of("job_id", "j1\u0000"));
    assertThat(reply.retcode()).isEqualTo(101);
    assertThat(reply.retmsg()).contains("job_id: found", "NUL");
  }

  @Test
  void query_neverShowsReady() {
    edge.site.tracking.jobs.add(Rows.job("j3", Rows.GUEST, JobStatus.READY));
    assertThat(edge.post("/v1/job/query", Map.of("job_id", "j3")).text())
        .contains("\"f_status\":\"waiting\"");
    assertThat(edge.post("/v1/job/query", Map.of("status", "waiting")).text()).contains("j3");
  }

  @Test
  void query_withoutEffectiveFilter_isEmpty() {
    for (Map<String, Object> filter :
        List.<Map<String, Object>>of(
            Map.of(),
            Map.of("limit", 3),
            Map.of("status", "no-such"),
            Map.of("job_id", "x"),
            Map.of("job_id", List.of()),
            Map.of("job_id", "j1", "role", List.of()))) {
      Reply reply = edge.post("/v1/job/query", filter);
      assertThat(reply.retcode()).isZero();
      assertThat((List<?>) reply.data()).as("%s", filter).isEmpty();
    }
  }

  @Test
  @Covers({"/v1/job/list/job", "/v1/job/list/task"})
  void list_pagesFiltersAndSorts() {
    Reply page = edge.post("/v1/job/list/job", Map.of("limit", 2));
    assertThat((List<?>) page.map().get("jobs")).hasSize(2);
    assertThat(page.map()).containsEntry("count", 3);
    Reply partner = edge.post("/v1/job/list/job", Map.of("partner", 9999));
    assertThat(partner.text()).contains("\"role\":\"host\"").contains("\"partners\":[9999]");
    assertThat(partner.map()).containsEntry("count", 1);
    assertThat(edge.post("/v1/job/list/job", Map.of("status", "failed")).map())
        .containsEntry("count", 1);
    assertThat(edge.post("/v1/job/list/job", Map.of("status", "nonsense")).status()).isEqualTo(400);
    assertThat(edge.post("/v1/job/list/task", Map.of("limit", 1, "job_id", "j")).map())
        .containsEntry("count", 2);
  }

  @Test
  @SuppressWarnings("unchecked")
  @Covers("/v1/job/task/query")
  void taskQuery_rowsHoldFatesColumns() {
    Reply reply = edge.post("/v1/job/task/query", Map.of("job_id", "j2", "party_id", 9999));
    Map<String, Object> row = ((List<Map<String, Object>>) reply.data()).get(0);
    assertThat(row)
        .containsEntry("f_task_id", "j2_lr_0")
        .containsEntry("f_task_version", 0)
        .containsEntry("f_component_name", "lr_0")
        .containsEntry("f_component_module", "HeteroLR")
        .containsEntry("f_status", "failed")
        .containsEntry("f_party_status", "failed")
        .containsEntry("f_error_report", "no such column");
    assertThat(edge.post("/v1/job/task/query", Map.of("job_id", "x")).retcode()).isEqualTo(101);
    assertThat(edge.post("/v1/job/task/query", Map.of()).retcode()).isEqualTo(101);
    assertThat(edge.post("/v1/job/task/query", Map.of("job_id", List.of())).retcode())
        .isEqualTo(101);
  }

  @Test
  @Covers("/v1/job/data/view/query")
  void dataView_listsOutputs() {
    edge.site.tracking.outputs.put(
        "j1_lr_0_0@guest:9999", List.of(new OutputData("train", "ns", "t1", 3)));
    Reply reply = edge.post("/v1/job/data/view/query", Map.of("job_id", "j1"));
    assertThat(reply.text()).contains("\"f_table_name\":\"t1\"").contains("\"f_data_name\"");
    assertThat(edge.post("/v1/job/data/view/query", Map.of("job_id", "j2")).retcode())
        .isEqualTo(101);
  }

  @Test
  @Covers("/v1/job/config")
  void config_holdsTheDocuments() {
    Reply reply = edge.post("/v1/job/config", Map.of("job_id", "j1"));
    assertThat(reply.map())
        .containsKeys("job_id", "dsl", "runtime_conf", "train_runtime_conf", "model_info");
    assertThat(edge.post("/v1/job/config", Map.of("job_id", "x")).retcode()).isEqualTo(101);
  }

  @Test
  @Covers("/v1/job/log/download")
  void logArchive_holdsOneFilePerLevel() throws Exception {
    line(1, "", LogLine.Level.INFO, "job starts");
    line(2, "lr_0", LogLine.Level.ERROR, "secure_add_guest fails");
    line(3, "../../evil", LogLine.Level.DEBUG, "hm");
    Reply reply = edge.post("/v1/job/log/download", Map.of("job_id", "j1"));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.raw().headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=job_j1_log.tar.gz");
    Map<String, String> files = Archives.read(reply.bytes());
    assertThat(files.get("guest/9999/INFO.log")).contains("job starts").contains("secure_add");
    assertThat(files.get("guest/9999/ERROR.log")).doesNotContain("job starts");
    assertThat(files.get("guest/9999/lr_0/INFO.log")).contains("secure_add_guest");
    assertThat(files.get("fate_flow_schedule.log")).contains("job starts");
    assertThat(files.keySet())
        .noneMatch(name -> Path.of(name).normalize().startsWith("..") || name.contains("/../"));
    assertLeftovers(0);
  }

  @Test
  @Covers("/v1/job/log/path")
  void logOfAnUnknownJob_is404() {
    Reply reply = edge.post("/v1/job/log/download", Map.of("job_id", "x"));
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.retcode()).isEqualTo(404);
    assertThat(edge.post("/v1/job/log/download", Map.of()).status()).isNotEqualTo(200);
    assertThat(edge.post("/v1/job/log/path", Map.of("job_id", "x")).status()).isEqualTo(404);
    assertThat(edge.post("/v1/job/log/path", Map.of("job_id", "j1")).map())
        .containsEntry("logs_directory", "logs/j1");
  }

  @Test
  @Covers("/v1/job/update")
  void update_describesTheJobAnew() {
    Map<String, Object> asked =
        Map.of("job_id", "j1", "role", "host", "party_id", 10000, "notes", "second try");
    Reply reply = edge.post("/v1/job/update", asked);
    assertThat(reply.retcode()).isZero();
    assertThat(reply.retmsg()).isEqualTo("success");
    edge.post("/v1/job/update", Map.of("job_id", "j1", "role", "guest", "party_id", "9999"));
    assertThat(edge.site.pipelines.described)
        .containsExactly("j1 host:10000 second try", "j1 guest:9999 ");
    assertThat(
            edge.post("/v1/job/update", Map.of("job_id", "x", "role", "host", "party_id", 1))
                .retcode())
        .isEqualTo(101);
    assertThat(edge.post("/v1/job/update", Map.of("job_id", "j1")).retmsg())
        .contains("role, party_id");
    edge.site.pipelines.onDescribe =
        () ->
            CompletableFuture.failedStage(FedflowException.invalid("job.notes", "notes: too long"));
    assertThat(edge.post("/v1/job/update", asked).retmsg()).contains("notes");
  }

  @Test
  @Covers("/v1/job/report")
  @SuppressWarnings("unchecked")
  void report_followsTheGraph() {
    edge.site.tracking.tasks.add(Rows.task("j1", "reader_0", Rows.GUEST, TaskStatus.SUCCESS));
    List<Map<String, Object>> rows =
        (List<Map<String, Object>>)
            edge.post("/v1/job/report", Map.of("job_id", "j1", "party_id", 9999)).data();
    assertThat(rows)
        .extracting(row -> row.get("component_name"))
        .containsExactly("reader_0", "lr_0");
    assertThat(rows.get(0))
        .containsEntry("status", "success")
        .containsEntry("start_time", 2)
        .containsEntry("end_time", 5)
        .containsEntry("elapsed", 3)
        .containsEntry("index", 0);
    assertThat(rows.get(1))
        .containsEntry("status", "running")
        .containsEntry("end_time", null)
        .containsEntry("elapsed", null)
        .containsEntry("index", 1);
    assertThat(edge.post("/v1/job/report", Map.of("job_id", "x")).retcode()).isEqualTo(101);
    assertThat(edge.post("/v1/job/report", Map.of("role", "guest")).retmsg()).contains("job_id");
  }

  @Test
  @Covers("/v1/job/url/get")
  void url_namesThePageOfAParty() {
    Map<String, Object> asked = Map.of("job_id", "j1", "role", "host", "party_id", 10000);
    assertThat(edge.post("/v1/job/url/get", asked).map())
        .containsEntry(
            "board_url",
            List.of("http://127.0.0.1:" + edge.port + "/#/job/j1?role=host&party_id=10000"));
    assertThat(
            edge.post("/v1/job/url/get", Map.of("job_id", "x", "role", "host", "party_id", "10000"))
                .retcode())
        .isEqualTo(101);
    assertThat(edge.post("/v1/job/url/get", Map.of("job_id", "j1")).retmsg())
        .contains("role, party_id");
  }

  @Test
  @Covers("/v1/pipeline/dag/dependency")
  void dependency_isFatesGraph() {
    Map<String, Object> asked = Map.of("job_id", "j1", "role", "host", "party_id", "10000");
    Reply reply = edge.post("/v1/pipeline/dag/dependency", asked);
    assertThat(reply.map())
        .containsEntry("component_list", List.of("reader_0", "lr_0"))
        .containsEntry("component_need_run", Map.of("lr_0", false))
        .containsEntry("component_module", Map.of("reader_0", "Reader", "lr_0", "HeteroLR"));
    assertThat(reply.text())
        .contains("\"type\":\"train_data\",\"up_output_info\":[\"data\",0]")
        .contains("\"type\":\"model\",\"up_output_info\":[\"model\",0]");
    assertThat(
            edge.post(
                    "/v1/pipeline/dag/dependency",
                    Map.of("job_id", "x", "role", "host", "party_id", 1))
                .retcode())
        .isEqualTo(100);
    assertThat(edge.post("/v1/pipeline/dag/dependency", Map.of("job_id", "j1")).retcode())
        .isEqualTo(101);
    assertThat(
            edge.post(
                    "/v1/pipeline/dag/dependency",
                    Map.of("job_id", "j1", "role", "NO WAY", "party_id", "../x"))
                .retcode())
        .isEqualTo(101);
  }

  @Test
  @Covers("/v1/tracking/job/data_view")
  void jobDataView_namesPartnersAndTables() {
    Reply reply = edge.post("/v1/tracking/job/data_view", Map.of("job_id", "j1"));
    assertThat(reply.map())
        .containsEntry("partner", Map.of("host", List.of(10000)))
        .containsEntry("dataset", Map.of("guest", Map.of("9999", Map.of("reader_0", "ns.t"))))
        .containsEntry("model_summary", Map.of());
    assertThat(edge.post("/v1/tracking/job/data_view", Map.of("job_id", "x")).retcode())
        .isEqualTo(101);
  }

  private void line(long number, String component, LogLine.Level level, String text) {
    edge.site.tracking.lines.add(
        new LogLine("j1", Rows.GUEST, component, number, 1_767_240_000_000L, level, text));
  }

  /** The answer ends before the file is deleted: close waits for both. */
  private void assertLeftovers(int count) throws Exception {
    edge.close();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.toList()).hasSize(count);
    }
    start();
  }
}
