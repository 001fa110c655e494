package io.fedflow.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.tracking.TraceContext;
import io.vertx.core.MultiMap;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceHeaderTest {

  @Test
  void whatBelongsToAJobTellsItsTraceAndWhatDoesNotTellsNone() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    way(Optional.empty()).tell(headers);
    assertThat(headers).isEmpty();

    TraceContext job = TraceContext.ofJob("202611290000000000010");
    way(Optional.of(job)).tell(headers);

    assertThat(headers.get("traceparent"))
        .isEqualTo("00-" + job.traceId() + '-' + job.spanId() + "-01");
  }

  private static Way way(Optional<TraceContext> trace) {
    return new Way("9999", trace, Optional.empty(), () -> null, null);
  }
}
