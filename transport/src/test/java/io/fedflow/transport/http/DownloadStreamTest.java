package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskId;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import io.fedflow.tracking.OutputData;
import io.fedflow.transport.http.EdgeFixture.Reply;
import io.fedflow.transport.http.fake.Rows;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads that are made while they are sent. */
class DownloadStreamTest {

  private static final Map<String, Object> LARGE = Map.of("namespace", "n", "name", "large");
  private static final int ROWS = 200_000;

  @TempDir Path folder;
  private EdgeFixture edge;

  @BeforeEach
  void start() {
    edge = new EdgeFixture(folder, options -> options);
    edge.site.data().store(StoreRequest.upload("n", "large"), large());
  }

  @AfterEach
  void stop() {
    edge.close();
  }

  /** Noise, so that the archive is large as well: far more than may be on its way at once. */
  private static Table large() {
    Random random = new Random(1);
    String[] ids = new String[ROWS];
    String[] values = new String[ROWS];
    Arrays.setAll(ids, i -> "id" + i);
    Arrays.setAll(values, i -> Long.toString(random.nextLong(), 36));
    return new Table(
        new TableSchema(TableKind.RAW, "id", List.of(ColumnSpec.text("x")), ","),
        ids,
        List.of(new Column.Texts(values)));
  }

  @Test
  void largeTablesArriveWhole() throws Exception {
    Reply reply = edge.post("/v1/table/download", LARGE);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.bytes().length).isGreaterThan(16 << 16);
    String csv = Archives.read(reply.bytes()).get("table.csv");
    assertThat(csv.lines().count()).isEqualTo(ROWS + 1L);
    assertNothingStaged();
  }

  @Test
  void damageBeforeTheFirstByteIsTold() throws Exception {
    edge.site.data().damaged = "large";
    Reply reply = edge.post("/v1/table/download", LARGE);
    assertThat(reply.status()).isEqualTo(210);
    assertThat(reply.retmsg()).isEqualTo("the table is damaged");
    assertNothingStaged();
  }

  @Test
  void damageAfterTheFirstByteBreaksTheConnection() throws Exception {
    edge.site.data().store(StoreRequest.upload("n", "bad"), Rows.instances());
    edge.site.data().damaged = "bad";
    edge.site.tracking.jobs.add(Rows.job("j1", Rows.GUEST, JobStatus.SUCCESS));
    edge.site.tracking.tasks.add(Rows.task("j1", "lr_0", Rows.GUEST, TaskStatus.SUCCESS));
    edge.site.tracking.outputs.put(
        new TaskId("j1", "lr_0", 0) + "@" + Rows.GUEST,
        List.of(new OutputData("large", "n", "large", ROWS), new OutputData("bad", "n", "bad", 2)));
    assertThatThrownBy(
            () ->
                edge.post(
                    "/v1/tracking/component/output/data/download",
                    Map.of(
                        "job_id",
                        "j1",
                        "component_name",
                        "lr_0",
                        "role",
                        "guest",
                        "party_id",
                        9999)))
        .hasCauseInstanceOf(IOException.class);
    assertNothingStaged();
    assertThat(edge.get("/health/live").status()).isEqualTo(200);
  }

  @Test
  void clientsThatLeaveStopTheWork() throws Exception {
    String body = edge.codec.write(LARGE);
    try (Socket socket = new Socket("127.0.0.1", edge.port)) {
      String request =
          "POST /v1/table/download HTTP/1.1\r\nHost: x\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body;
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      assertThat(in.readNBytes(1000)).hasSize(1000);
    }
    assertNothingStaged();
    assertThat(edge.post("/v1/table/download", LARGE).status()).isEqualTo(200);
  }

  /** The end of a download is seen before its file is gone. */
  private void assertNothingStaged() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (staged() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(staged()).isZero();
  }

  private long staged() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }
}
