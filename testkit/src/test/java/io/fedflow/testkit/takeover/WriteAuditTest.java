package io.fedflow.testkit.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A checker that finds nothing is worth nothing. */
class WriteAuditTest {

  private static final String VIEW = "view guest 9999";
  private static final String PART = AuditedWrite.ATTEMPT + "lr 0 guest 9999";

  private static final String OUTPUT = AuditedWrite.OUTPUT + "metric_point";

  private final List<AuditedWrite> writes = new ArrayList<>();

  private void write(String writer, String row, long revision, String status) {
    int position = writes.size();
    writes.add(
        new AuditedWrite(position, 1000 + 10L * position, writer, "j", row, revision, status));
  }

  private List<String> violations() {
    return new WriteAudit(writes).violations(Set.of("j"));
  }

  private void takenOver() {
    write("a", VIEW, 1, "WAITING");
    write("a", PART, 1, "WAITING");
    write("a", PART, 2, "RUNNING");
    write("b", PART, 3, "FAILED");
    write("b", VIEW, 2, "SUCCESS");
  }

  @Test
  void aJobThatWasTakenOver_isFine() {
    takenOver();
    assertThat(violations()).isEmpty();
    assertThat(new WriteAudit(writes).takenAfter("j", "a", 1005)).hasValue(25);
    assertThat(new WriteAudit(writes).takenAfter("j", "a", 1041)).isEmpty();
    assertThat(new WriteAudit(writes).takenAfter("other", "a", 0)).isEmpty();
  }

  @Test
  void aWriteOfOneThatWasFenced_isFound() {
    takenOver();
    write("a", VIEW, 3, "SUCCESS");
    assertThat(violations()).singleElement().asString().startsWith("not fenced: after b");
  }

  @Test
  void anOutputOfOneThatWasFenced_isFound() {
    takenOver();
    write("b", OUTPUT, 0, "");
    write("b", OUTPUT, 0, "");
    assertThat(violations()).isEmpty();
    write("a", OUTPUT, 0, "");
    assertThat(violations()).singleElement().asString().startsWith("not fenced: after b");
  }

  @Test
  void aJobOfWhichOnlyOutputsAreThere_isFound() {
    write("a", OUTPUT, 0, "");
    assertThat(violations()).singleElement().asString().startsWith("lost: job j");
  }

  @Test
  void anAttemptThatStartsTwice_isFound() {
    takenOver();
    write("b", PART, 4, "RUNNING");
    assertThat(violations()).singleElement().asString().startsWith("double start: b");
  }

  @Test
  void aRevisionThatIsWrittenTwice_isFound() {
    takenOver();
    write("b", VIEW, 2, "SUCCESS");
    assertThat(violations()).singleElement().asString().startsWith("revisions: expected 3");
  }

  @Test
  void aJobThatNeverEnded_isFound() {
    write("a", VIEW, 1, "WAITING");
    assertThat(violations()).singleElement().asString().startsWith("lost: it never ended");
  }

  @Test
  void aJobOfWhichNothingIsThere_isFound() {
    takenOver();
    assertThat(new WriteAudit(writes).violations(Set.of("j", "k")))
        .singleElement()
        .asString()
        .startsWith("lost: job k");
  }

  @Test
  void anAttemptThatWasStoppedBeforeItRan_isFine() {
    write("a", PART, 1, "WAITING");
    write("a", PART, 2, "CANCELED");
    write("a", VIEW, 1, "WAITING");
    write("a", VIEW, 2, "CANCELED");
    assertThat(violations()).isEmpty();
  }
}
