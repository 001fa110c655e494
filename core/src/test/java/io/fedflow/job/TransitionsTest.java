package io.fedflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TransitionsTest {

  @Test
  void aTerminalStatusHasNoExitButByRerun() {
    assertThatThrownBy(
            () ->
                Transitions.of(JobStatus.class, JobStatus::terminal)
                    .on(JobStatus.FAILED, JobStatus.RUNNING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FAILED");
    Transitions<JobStatus> rerun =
        Transitions.of(JobStatus.class, JobStatus::terminal)
            .onRerun(JobStatus.FAILED, JobStatus.WAITING)
            .build();
    assertThat(rerun.allows(JobStatus.FAILED, JobStatus.WAITING)).isTrue();
  }

  @Test
  void anEdgeStandsOnce() {
    var builder =
        Transitions.of(JobStatus.class, JobStatus::terminal).on(JobStatus.READY, JobStatus.WAITING);
    assertThatThrownBy(() -> builder.on(JobStatus.READY, JobStatus.WAITING))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("READY --> WAITING");
  }

  @Test
  void onlyAllowedMovesCountAsVisited() {
    Transitions<JobStatus> table =
        Transitions.of(JobStatus.class, JobStatus::terminal)
            .on(JobStatus.READY, JobStatus.WAITING, JobStatus.FAILED)
            .on(JobStatus.WAITING, JobStatus.RUNNING)
            .build();
    assertThat(table.unvisited())
        .containsExactly("READY --> FAILED", "READY --> WAITING", "WAITING --> RUNNING");
    assertThat(table.allows(JobStatus.READY, JobStatus.RUNNING)).isFalse();
    assertThat(table.allows(JobStatus.RUNNING, JobStatus.SUCCESS)).isFalse();
    assertThat(table.allows(JobStatus.READY, JobStatus.WAITING)).isTrue();
    assertThat(table.unvisited()).containsExactly("READY --> FAILED", "WAITING --> RUNNING");
  }

  @Test
  void theDiagramOfJobs() {
    assertThat(JobTransitions.TABLE.toMermaid())
        .isEqualTo(
            """
            stateDiagram-v2
                READY --> WAITING
                READY --> CANCELED
                READY --> FAILED
                WAITING --> RUNNING
                WAITING --> CANCELED
                WAITING --> TIMEOUT
                WAITING --> FAILED
                RUNNING --> CANCELED
                RUNNING --> TIMEOUT
                RUNNING --> FAILED
                RUNNING --> SUCCESS
                CANCELED --> WAITING
                TIMEOUT --> WAITING
                FAILED --> WAITING
                SUCCESS --> WAITING
            """);
  }

  @Test
  void theDiagramOfTasks() {
    assertThat(TaskTransitions.TABLE.toMermaid())
        .isEqualTo(
            """
            stateDiagram-v2
                WAITING --> RUNNING
                WAITING --> CANCELED
                RUNNING --> CANCELED
                RUNNING --> TIMEOUT
                RUNNING --> FAILED
                RUNNING --> PASS
                RUNNING --> SUCCESS
            """);
  }

  @Test
  void theArchitectureShowsTheTablesOfTheCode() throws IOException {
    String shown = Files.readString(Path.of("..", "ARCHITECTURE.md")).replace("\r\n", "\n");
    assertThat(shown)
        .contains("```mermaid\n" + JobTransitions.TABLE.toMermaid() + "```")
        .contains("```mermaid\n" + TaskTransitions.TABLE.toMermaid() + "```");
  }

  @Test
  void whatLeadsSomewhereNeverPassesAnEnd() {
    assertThat(JobTransitions.TABLE.leads(JobStatus.READY, JobStatus.SUCCESS)).isTrue();
    assertThat(JobTransitions.TABLE.leads(JobStatus.READY, JobStatus.TIMEOUT)).isTrue();
    assertThat(JobTransitions.TABLE.leads(JobStatus.RUNNING, JobStatus.WAITING)).isFalse();
    assertThat(JobTransitions.TABLE.leads(JobStatus.FAILED, JobStatus.WAITING)).isFalse();
    assertThat(JobTransitions.TABLE.leads(JobStatus.READY, JobStatus.PASS)).isFalse();
  }

  @Test
  void statusesAreNamedOnTheWireAsTheyAreRead() {
    assertThat(Arrays.stream(JobStatus.values()).map(s -> JobStatus.of(s.text()).orElseThrow()))
        .containsExactly(JobStatus.values());
    assertThat(Arrays.stream(TaskStatus.values()).map(s -> TaskStatus.of(s.text()).orElseThrow()))
        .containsExactly(TaskStatus.values());
    assertThat(JobStatus.of("SUCCESS")).isEmpty();
    assertThat(TaskStatus.of("")).isEmpty();
    assertThat(Arrays.stream(TaskStatus.values()).filter(TaskStatus::terminal))
        .allSatisfy(s -> assertThat(s.asJobStatus().terminal()).isTrue());
  }
}
