package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.TaskId;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.data.TableMaker;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.tracking.OutputData;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableRoutesTest {

  private static final TaskId READ = new TaskId("j1", "reader_0", 0);
  private static final TaskId TRAINED = new TaskId("j1", "lr_0", 0);

  @TempDir Path folder;
  EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options);
    edge.site.pipelines.plans.put("j1", Rows.plan());
    JobRow job = Rows.job("j1", Rows.GUEST, JobStatus.SUCCESS);
    edge.site.tracking.jobs.add(Rows.withConf(job, Map.of("reader_0", List.of(Map.of("n", "t")))));
    edge.site.tracking.jobs.add(Rows.job("j2", Rows.GUEST, JobStatus.SUCCESS));
    edge.site.data.store(StoreRequest.upload("ns", "t"), Rows.instances());
    made(READ, "read", "data");
    made(TRAINED, "scored", "data");
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  @Test
  @Covers("/v1/table/list")
  void list_tellsWhatEveryComponentReadAndMade() {
    Reply reply =
        edge.post("/v1/table/list", Map.of("job_id", "j1", "role", "guest", "party_id", 9999));
    assertThat(reply.map())
        .isEqualTo(
            Map.of(
                "reader_0",
                Map.of(
                    "input",
                    Map.of("table", Map.of("name", "t", "namespace", "ns")),
                    "output",
                    Map.of("data", Map.of("name", "read", "namespace", "out"))),
                "lr_0",
                Map.of(
                    "input",
                    Map.of("reader_0.data", Map.of("name", "read", "namespace", "out")),
                    "output",
                    Map.of("data", Map.of("name", "scored", "namespace", "out")))));
    assertThat(
            edge.post("/v1/table/list", Map.of("job_id", "x", "role", "guest", "party_id", "1"))
                .retcode())
        .isEqualTo(101);
    assertThat(edge.post("/v1/table/list", Map.of("job_id", "j1")).retmsg())
        .contains("role, party_id");
  }

  @Test
  @Covers("/v1/table/tracking/source")
  void sources_leadBackToWhatWasUploaded() {
    assertThat(source("out", "scored").data())
        .isEqualTo(
            List.of(
                Map.of(
                    "parent_table_name",
                    "read",
                    "parent_table_namespace",
                    "out",
                    "source_table_name",
                    "t",
                    "source_table_namespace",
                    "ns")));
    assertThat(source("ns", "t").data()).isEqualTo(List.of());
    Reply unknown = source("ns", "x");
    assertThat(unknown.retcode()).isEqualTo(100);
    assertThat(unknown.retmsg()).contains("ns.x");
    assertThat(edge.post("/v1/table/tracking/source", Map.of()).retcode()).isEqualTo(101);
  }

  @Test
  @Covers("/v1/table/tracking/job")
  void readers_areTheJobsWhoseConfNamesTheTable() {
    assertThat(
            edge.post("/v1/table/tracking/job", Map.of("table_name", "t", "namespace", "ns")).map())
        .isEqualTo(Map.of("count", 1, "job", List.of("j1")));
    edge.site.data.store(StoreRequest.upload("other", "t"), Rows.instances());
    assertThat(
            edge.post("/v1/table/tracking/job", Map.of("table_name", "t", "namespace", "other"))
                .map())
        .isEqualTo(Map.of("count", 0, "job", List.of()));
    assertThat(
            edge.post("/v1/table/tracking/job", Map.of("table_name", "x", "namespace", "ns"))
                .retcode())
        .isEqualTo(100);
  }

  @Test
  @Covers("/v1/table/download")
  void download_takesGetWithABody() throws Exception {
    Reply reply =
        edge.send(
            edge.request("/v1/table/download")
                .header("Content-Type", "application/json")
                .method("GET", BodyPublishers.ofString("{\"namespace\":\"ns\",\"name\":\"t\"}"))
                .build());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.raw().headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=table_ns_t.tar.gz");
    Map<String, String> files = Archives.read(reply.bytes());
    assertThat(files).containsOnlyKeys("table.csv", "table.meta");
    assertThat(files.get("table.csv")).startsWith("id,y,x0,x1\na,1,");
    assertThat(files.get("table.meta")).isEqualTo("{\"header\":[\"id\",\"y\",\"x0\",\"x1\"]}");
    Reply bare =
        edge.post("/v1/table/download", Map.of("namespace", "ns", "name", "t", "head", false));
    assertThat(Archives.read(bare.bytes()).get("table.csv")).startsWith("a,1,");
  }

  @Test
  void download_ofNothingIsNoFile() {
    Reply unknown = edge.post("/v1/table/download", Map.of("namespace", "ns", "name", "x"));
    assertThat(unknown.status()).isEqualTo(210);
    assertThat(unknown.retcode()).isEqualTo(210);
    Reply nameless = edge.post("/v1/table/download", Map.of("namespace", "ns"));
    assertThat(nameless.status()).isEqualTo(210);
    assertThat(nameless.retmsg()).contains("table_name");
  }

  @Test
  @Covers("/v1/data/upload/history")
  void uploads_areListedWhileTheirTablesAreThere() {
    edge.site.tracking.jobs.add(Rows.job("u1", Rows.LOCAL, JobStatus.SUCCESS));
    edge.site.tracking.tasks.add(Rows.upload("u1", "ns", "t"));
    edge.site.tracking.tasks.add(Rows.upload("u2", "ns", "gone"));
    edge.site.tracking.tasks.add(Rows.upload("u3", "ns", "t"));
    Reply all = edge.post("/v1/data/upload/history", Map.of());
    assertThat(all.text()).contains("\"u1\"").contains("\"u3\"").doesNotContain("u2");
    assertThat(all.text().indexOf("u3")).as("newest first").isLessThan(all.text().indexOf("u1"));
    Reply one = edge.post("/v1/data/upload/history", Map.of("job_id", "u1", "limit", 10));
    assertThat(one.data().toString())
        .contains("table_name=t", "namespace=ns", "partition=1", "upload_count=2")
        .contains("notes=my note");
    assertThat((List<?>) edge.post("/v1/data/upload/history", Map.of("limit", 1)).data())
        .hasSize(1);
    assertThat(edge.post("/v1/data/upload/history", Map.of("limit", 0)).retmsg())
        .contains("limit: found '0'");
  }

  @Test
  @Covers({"/v1/table/disable", "/v1/table/enable", "/v1/table/disable/delete"})
  void tables_canBeSwitchedOffAndDropped() {
    Map<String, Object> t = Map.of("namespace", "ns", "table_name", "t");
    assertThat(edge.post("/v1/table/disable/delete", Map.of()).retcode()).isEqualTo(101);
    assertThat(edge.post("/v1/table/disable", t).data())
        .isEqualTo(List.of(Map.of("namespace", "ns", "table_name", "t")));
    assertThat(edge.post("/v1/table/table_info", t).map()).containsEntry("enable", false);
    assertThat(edge.post("/v1/table/enable", Map.of("namespace", "ns", "name", "t")).retcode())
        .isZero();
    assertThat(edge.post("/v1/table/table_info", t).map()).containsEntry("enable", true);
    edge.post("/v1/table/disable", t);
    assertThat(edge.postText("/v1/table/disable/delete", "", "text/plain").data())
        .isEqualTo(List.of(Map.of("namespace", "ns", "table_name", "t")));
    assertThat(edge.post("/v1/table/table_info", t).map()).containsEntry("exist", 0);
    assertThat(edge.post("/v1/table/disable", t).retcode()).isEqualTo(101);
    assertThat(edge.post("/v1/table/enable", Map.of("name", "t")).retmsg()).contains("namespace");
  }

  @Test
  @Covers("/v1/table/schema/update")
  void schema_givesColumnsOtherNames() {
    Reply reply =
        schema(Map.of("sid", "uid", "header", List.of("age", "pay"), "label_name", "bad"));
    assertThat(reply.map())
        .containsEntry("sid", "uid")
        .containsEntry("header", List.of("age", "pay"))
        .containsEntry("label_name", "bad");
    assertThat(edge.post("/v1/table/preview", Map.of("namespace", "ns", "name", "t")).map())
        .containsEntry("header", List.of("uid", "bad", "age", "pay"));
    assertThat(schema(Map.of("header", "a,b")).map()).containsEntry("header", List.of("a", "b"));
  }

  private Reply migrated(String table, Object partyId, Object mapping) {
    return edge.post(
        "/v1/table/schema/anonymous/migrate",
        Map.of(
            "namespace",
            "ns",
            "name",
            table,
            "role",
            "guest",
            "party_id",
            partyId,
            "migrate_mapping",
            mapping));
  }

  @Test
  @Covers("/v1/table/schema/anonymous/migrate")
  void anonymousNames_followTheParty() {
    Map<String, Object> mapping = Map.of("guest", Map.of("9999", 8888), "host", Map.of("1", "2"));
    assertThat(migrated("t", 9999, mapping).map())
        .containsEntry("header", List.of("x0", "x1"))
        .containsEntry("anonymous_header", List.of("guest_8888_x0", "guest_8888_x1"));
    assertThat(edge.post("/v1/table/table_info", Map.of("namespace", "ns", "name", "t")).text())
        .contains("guest_8888_x0")
        .doesNotContain("guest_9999");
    Reply again = migrated("t", "9999", mapping);
    assertThat(again.retcode()).isEqualTo(101);
    assertThat(again.retmsg()).contains("begins with guest_9999_");
    assertThat(migrated("t", 7, mapping).retmsg()).contains("migrate_mapping/guest/7");
    assertThat(migrated("t", 9999, Map.of("guest", List.of())).retcode()).isNotZero();
    assertThat(migrated("t", 9999, Map.of("guest", Map.of("9999", "a b"))).retmsg())
        .contains("party id: found 'a b'");
    assertThat(migrated("x", 9999, mapping).retcode()).isEqualTo(101);
    assertThat(
            edge.post("/v1/table/schema/anonymous/migrate", Map.of("namespace", "ns", "name", "t"))
                .retmsg())
        .contains("role, party_id, migrate_mapping");
  }

  @Test
  void schema_refusesWhatIsNoName() {
    assertThat(schema(Map.of("meta", Map.of())).retmsg())
        .contains("schema/meta", "allowed sid, header and label_name");
    assertThat(schema(Map.of("header", "a")).retmsg())
        .contains("schema/header: found 1 names, allowed 2");
    assertThat(schema(Map.of("header", "a,a")).retmsg()).contains("schema/header", "'a' twice");
    Map<String, Object> unknown =
        Map.of("namespace", "ns", "name", "x", "schema", Map.of("sid", "i"));
    assertThat(edge.post("/v1/table/schema/update", unknown).retcode()).isEqualTo(101);
    assertThat(edge.post("/v1/table/schema/update", Map.of("name", "t")).retmsg())
        .contains("schema, namespace");
    edge.site.data.store(StoreRequest.upload("ns", "raw"), Rows.rawLines());
    Map<String, Object> label =
        Map.of("namespace", "ns", "name", "raw", "schema", Map.of("label_name", "y"));
    assertThat(edge.post("/v1/table/schema/update", label).retmsg())
        .contains("schema/label_name", "no label");
  }

  private Reply schema(Map<String, Object> schema) {
    return edge.post(
        "/v1/table/schema/update", Map.of("namespace", "ns", "name", "t", "schema", schema));
  }

  private Reply source(String namespace, String name) {
    return edge.post(
        "/v1/table/tracking/source", Map.of("table_name", name, "namespace", namespace));
  }

  private void made(TaskId task, String table, String output) {
    edge.site.tracking.tasks.add(Rows.task("j1", task.component(), Rows.GUEST, TaskStatus.SUCCESS));
    edge.site.tracking.outputs.put(
        task + "@guest:9999", List.of(new OutputData(output, "out", table, 2)));
    edge.site.data.store(
        new StoreRequest("out", table, 1, "output", true, TableMaker.of(task, Rows.GUEST).toTree()),
        Rows.instances());
  }
}
