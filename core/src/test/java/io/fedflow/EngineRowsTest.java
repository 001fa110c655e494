package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.RowComponent;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskTracker.MetricPoint;
import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Plans;
import io.fedflow.job.JobStatus;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.table.Table;
import io.fedflow.table.TableSchema;
import io.fedflow.table.TableSource;
import io.fedflow.tracking.OutputData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Components whose rows are stored while they are made. */
@Timeout(60)
class EngineRowsTest {

  @TempDir Path folder;

  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicBoolean reported = new AtomicBoolean();
  private Fedflow site;

  @AfterEach
  void close() {
    site.close();
  }

  /** Gives the rows of its input as a function of them says. */
  private final class Passing implements RowComponent {

    private final Function<TableSource, Optional<Table>> next;

    Passing(Function<TableSource, Optional<Table>> next) {
      this.next = next;
    }

    @Override
    public ComponentDescriptor descriptor() {
      return new ComponentDescriptor(
          "Passing",
          Set.of(Role.GUEST),
          ParameterSchema.builder().bool("need_run", true, "whether it runs").build(),
          List.of());
    }

    @Override
    public RowResult begin(TaskContext context, List<RowInput> inputs, Path temporary)
        throws IOException {
      assertThat(temporary).isEqualTo(folder.resolve("rows")).isDirectory();
      assertThat(context.inputs().data()).isEmpty();
      TableSource rows = inputs.get(0).rows().open();
      return new RowResult(
          new TableSource() {
            @Override
            public TableSchema schema() {
              return rows.schema();
            }

            @Override
            public Optional<Table> next() {
              taken.incrementAndGet();
              return next.apply(rows);
            }

            @Override
            public void close() throws IOException {
              rows.close();
              closed.set(true);
            }
          },
          () -> {
            reported.set(true);
            context
                .tracker()
                .metric(
                    "train", "rows", List.of(new MetricPoint("count", inputs.get(0).rowCount())));
          });
    }
  }

  private static Optional<Table> nextOf(TableSource rows) {
    try {
      return rows.next();
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private String start(boolean runs, Function<TableSource, Optional<Table>> next) {
    site =
        EngineStores.site()
            .folder(folder.resolve("rows"))
            .components(
                new ComponentCatalog(
                    List.of(Fake.of("Step", context -> Jobs.output(1, 2, 3)), new Passing(next))))
            .build();
    Pipeline pipeline = Plans.two();
    pipeline.add("step", "Step");
    pipeline.add("passing", "Passing").data("step").set("need_run", runs);
    return Await.value(site.submit(pipeline.compile())).jobId();
  }

  private List<OutputData> outputs(String jobId) {
    return Await.value(
        site.tracking().outputs(Jobs.part(site, jobId, "passing", GUEST).task(), GUEST));
  }

  private long tables() {
    return Await.value(site.data().list("", 0, 100)).stream()
        .filter(entry -> entry.namespace().contains("passing"))
        .count();
  }

  @Test
  void rowsThatPassed_areTheOutput_andAreReportedThen() throws IOException {
    String jobId = start(true, EngineRowsTest::nextOf);
    Jobs.awaitAll(site, jobId, JobStatus.SUCCESS);
    OutputData output = outputs(jobId).get(0);
    assertThat(output.rowCount()).isEqualTo(3);
    assertThat(site.data().read(output.namespace(), output.name()).features()[0])
        .containsExactly(1, 2, 3);
    assertThat(
            Await.value(
                site.tracking().metrics(Jobs.part(site, jobId, "passing", GUEST).task(), GUEST)))
        .hasSize(1);
    assertThat(closed).isTrue();
    try (Stream<Path> left = Files.list(folder.resolve("rows"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void oneThatNeedNotRun_handsItsTableOn() {
    String jobId = start(false, rows -> Optional.empty());
    Jobs.awaitAll(site, jobId, JobStatus.SUCCESS);
    assertThat(Jobs.part(site, jobId, "passing", GUEST).partyStatus()).isEqualTo(TaskStatus.PASS);
    assertThat(outputs(jobId).get(0).rowCount()).isEqualTo(3);
    assertThat(taken).hasValue(0);
  }

  @Test
  void oneThatIsStopped_leavesNoTable() {
    String jobId = start(true, rows -> Optional.of(Jobs.table(1)));
    Await.until("rows pass", () -> taken.get() > 100);
    Await.value(site.pipelines().stop(jobId, "me"));
    Jobs.awaitAll(site, jobId, JobStatus.CANCELED);
    Await.until("the rows are closed", closed::get);
    Await.until("no table is left", () -> tables() == 0);
    assertThat(reported).isFalse();
    assertThat(outputs(jobId)).isEmpty();
  }

  @Test
  void oneThatFailsOnItsWay_leavesNoTable_andTellsWhy() {
    String jobId =
        start(
            true,
            rows -> {
              if (taken.get() > 2) {
                throw FedflowException.invalid("passing.bad", "a row that cannot be passed");
              }
              return Optional.of(Jobs.table(taken.get()));
            });
    Jobs.awaitAll(site, jobId, JobStatus.FAILED);
    assertThat(Jobs.part(site, jobId, "passing", GUEST).cause())
        .contains("a row that cannot be passed");
    assertThat(tables()).isZero();
    assertThat(closed).isTrue();
    assertThat(reported).isFalse();
  }
}
