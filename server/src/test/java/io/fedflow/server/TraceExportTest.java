package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fedflow.tracking.TraceContext;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that exports spans, and a collector that keeps their bytes. */
class TraceExportTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private HttpServer collector;

  @BeforeEach
  void start() throws Exception {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          synchronized (collected) {
            collected.writeBytes(exchange.getRequestBody().readAllBytes());
          }
          exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void stop() {
    collector.stop(0);
  }

  @Test
  void aJobsSpansReachTheCollectorBeforeTheServerIsGone() throws Exception {
    String jobId;
    try (TestServer server =
        TestServer.start(
            TestServer.options(folder)
                .traces(URI.create("http://127.0.0.1:" + collector.getAddress().getPort()))
                .build())) {
      server.withDemoTables();
      Map<String, Object> end = server.run(TestJobs.demoDsl(), TestJobs.demoConf(1));
      assertThat(end).containsEntry("status", "success");
      jobId = String.valueOf(end.get("job_id"));
    }
    byte[] bytes;
    synchronized (collected) {
      bytes = collected.toByteArray();
    }
    // One character for each byte, so that a text finds bytes too.
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    TraceContext job = TraceContext.ofJob(jobId);
    assertThat(text)
        .contains(raw(job.traceId()), raw(job.spanId()))
        .contains("hetero_lr_0 HeteroLR", "host:10000", "StartTask", "fedflow.job_id", jobId);
  }

  private static String raw(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }
}
