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
    Map<?, ?> tree = (Map<?, ?>) new JacksonJsonCodec().read(line);
    assertThat(tree.get("level")).isEqualTo("WARNING");
    assertThat(tree.get("logger")).isEqualTo("io.fedflow.Some");
    assertThat(tree.get("message")).isEqualTo("line \"one\"\nof 2");
    assertThat(String.valueOf(tree.get("time"))).endsWith("Z");
    assertThat(String.valueOf(tree.get("thrown"))).contains("IllegalStateException: why");
  }
}
