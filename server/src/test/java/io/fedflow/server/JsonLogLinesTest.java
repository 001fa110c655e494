package io.fedflow.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.transport.json.JacksonJsonCodec;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class JsonLogLinesTest {

  @Test
  void aRecordIsOneLine_whateverItSays() {
    LogRecord record = new LogRecord(Level.WARNING, "line \"one\"\nof {0}");
    record.setParameters(new Object[] {2});
    record.setLoggerName("io.fedflow.Some");
    record.setThrown(new IllegalStateException("why\nnot"));
    String line = new JsonLogLines(new JacksonJsonCodec()).format(record);
    assertThat(line.strip().lines()).hasSize(1);
    assertThat(new JacksonJsonCodec().read(line))
        .satisfies(
            tree ->
                assertThat((Map<String, Object>) asMap(tree))
                    .containsEntry("level", "WARNING")
                    .containsEntry("logger", "io.fedflow.Some")
                    .containsEntry("message", "line \"one\"\nof 2")
                    .containsKey("time")
                    .hasEntrySatisfying(
                        "thrown",
                        trace ->
                            assertThat(String.valueOf(trace))
                                .contains("IllegalStateException: why")));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> asMap(Object tree) {
    return (Map<String, Object>) tree;
  }
}
