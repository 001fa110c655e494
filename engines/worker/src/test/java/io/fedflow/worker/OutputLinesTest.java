package io.fedflow.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputLinesTest {

  private final List<String> lines = new ArrayList<>();
  private final OutputLines printed = new OutputLines(lines::add);

  private void print(String text) {
    printed.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void linesEndWhereTheyEnd() {
    print("first\r\n\nsecönd\nlast");
    assertThat(lines).containsExactly("first", "secönd", "last");
    assertThat(printed.last()).isEqualTo("last");
    assertThat(printed.outOfMemory()).isEmpty();
  }

  @Test
  void aLineWithoutEnd_comesInPieces() {
    print("x".repeat(100_000));
    assertThat(lines).hasSize(13).allSatisfy(line -> assertThat(line).hasSizeLessThan(8_001));
    assertThat(String.join("", lines)).hasSize(100_000);
  }

  @Test
  void moreThanALogHolds_isDroppedWithAWord() {
    print("line\n".repeat(OutputLines.MAX_LINES + 500) + "the last");
    assertThat(lines).hasSize(OutputLines.MAX_LINES + 1);
    assertThat(lines.get(OutputLines.MAX_LINES)).contains("the rest is dropped");
    assertThat(printed.last()).isEqualTo("the last");
  }

  @Test
  void theWordOfTheVirtualMachine_isKept() {
    print("Terminating due to java.lang.OutOfMemoryError: Java heap space\n");
    assertThat(printed.outOfMemory()).isEqualTo(": Java heap space");
  }

  @Test
  void theWarningOfIncubatorModules_isNotWorthALine() {
    print("WARNING: Using incubator modules: jdk.incubator.vector\nWARNING: another\n");
    assertThat(lines).containsExactly("WARNING: another");
    assertThat(printed.last()).isEqualTo("WARNING: another");
  }
}
