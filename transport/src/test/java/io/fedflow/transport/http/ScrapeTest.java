package io.fedflow.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrapeTest {

  @TempDir Path staging;

  @Test
  void metricsAreServedAsTheyAreNow() {
    String[] now = {"jobs 1\n"};
    try (EdgeFixture edge = new EdgeFixture(staging, options -> options.metrics(() -> now[0]))) {
      EdgeFixture.Reply reply = edge.get("/metrics");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo("jobs 1\n");
      assertThat(reply.raw().headers().firstValue("Content-Type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
      now[0] = "jobs 2\n";
      assertThat(edge.get("/metrics").text()).isEqualTo("jobs 2\n");
    }
  }

  @Test
  void anEdgeWithoutMetricsSaysSo() {
    try (EdgeFixture edge = new EdgeFixture(staging, UnaryOperator.identity())) {
      EdgeFixture.Reply reply = edge.get("/metrics");
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.retmsg()).isEqualTo("this server keeps no metrics");
    }
  }
}
