package io.fedflow.worker;

import static io.fedflow.testkit.runner.RunnerWorld.GUEST;
import static io.fedflow.testkit.runner.RunnerWorld.task;
import static io.fedflow.testkit.runner.RunnerWorld.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.job.PartyEvent;
import io.fedflow.job.TaskStatus;
import io.fedflow.testkit.runner.RunnerWorld;
import io.fedflow.testkit.runner.RunnerWorld.Ends;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the processes of parts end, and what is told then. */
@Timeout(120)
class WorkerEndsTest {

  private RunnerWorld world;

  @AfterEach
  void nothingIsLeft() {
    world.close();
    RunnerWorld.until("no worker is left", () -> Workers.alive().isEmpty());
  }

  private void open(UnaryOperator<WorkerSettings> changed) {
    WorkerSettings settings = changed.apply(WorkerSettings.likeThisProcess().withMemory("64m"));
    world = new RunnerWorld(parts -> new ProcessTaskRunner(settings, parts));
  }

  private Ends running(String... steps) throws InterruptedException {
    Ends ends = world.start(work(0, steps));
    world.hear(task(0), "here");
    return ends;
  }

  @Test
  void aKilledWorker_isLostWithItsSignal() throws Exception {
    open(settings -> settings);
    Ends ends = running("say here", "wait");
    Workers.alive().forEach(ProcessHandle::destroyForcibly);
    assertThat(ends.awaitAny())
        .isEqualTo(
            new PartyEvent.TaskLost(
                task(0), GUEST + " part_0: worker process exited with 137 (ended by signal 9)"));
  }

  @Test
  void aWorkerThatRanOutOfMemory_saysSo() throws Exception {
    open(settings -> settings);
    Ends ends = running("say here", "hog");
    assertThat(ends.await().cause())
        .contains("the worker process ran out of memory", "Java heap space", "64m");
  }

  @Test
  void aComponentThatEndsItsProcess_isBlamedWithTheCode() throws Exception {
    open(settings -> settings);
    Ends ends = running("say here", "exit 9");
    assertThat(ends.await().cause()).contains("worker process exited with 9");
  }

  @Test
  void aComponentThatExits_isBlamedWithTheCode() throws Exception {
    open(settings -> settings);
    Ends ends = running("say here", "quit 4");
    assertThat(ends.await().cause()).contains("worker process exited with 4");
  }

  @Test
  void aSignalToEnd_isLeftToTheServer() throws Exception {
    open(settings -> settings);
    Ends ends = running("say here", "hear go", "output");
    ProcessHandle worker = Workers.alive().get(0);
    assertThat(worker.destroy()).isTrue();
    world.start(work(RunnerWorld.other(1), Map.of("steps", List.of()))).await();
    assertThat(worker.isAlive()).isTrue();
    world.say(task(0), "go");
    assertThat(ends.await().status()).isEqualTo(TaskStatus.SUCCESS);
  }

  @Test
  void aComponentThatReactsToItsEnd_isNotKilled() throws Exception {
    open(settings -> settings.withGrace(Duration.ofHours(1)));
    Ends ends = running("say here", "wait");
    world.runner().stop(task(0), GUEST, "enough");
    assertThat(ends.await().status()).isEqualTo(TaskStatus.CANCELED);
    RunnerWorld.until("the worker ended", () -> Workers.alive().isEmpty());
  }

  @Test
  void aComponentThatDoesNotReact_isKilledAfterTheGrace() throws Exception {
    open(settings -> settings.withGrace(Duration.ofMillis(50)));
    Ends ends = running("say here", "ignore");
    world.runner().stop(task(0), GUEST, "enough");
    assertThat(ends.await().status()).isEqualTo(TaskStatus.CANCELED);
    RunnerWorld.until("the worker was killed", () -> Workers.alive().isEmpty());
    RunnerWorld.until("no stray is left", () -> world.runner().strays().isEmpty());
  }

  @Test
  void theServersEnd_endsItsWorkers() throws Exception {
    open(settings -> settings);
    Process server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LonelyServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      String line = server.inputReader().readLine();
      ProcessHandle worker = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
      assertThat(worker.isAlive()).isTrue();
      server.destroyForcibly();
      assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
      worker.onExit().get(30, TimeUnit.SECONDS);
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void aJavaThatIsNotThere_failsThePart() throws Exception {
    open(settings -> withJava(settings, Path.of("/nowhere/java")));
    assertThat(world.run(work(0)).cause())
        .contains("no worker process could be started", "/nowhere/java");
  }

  @Test
  void aWorkerThatSpeaksOtherwise_failsThePart() throws Exception {
    open(settings -> withJava(settings, Path.of("/bin/echo")));
    PartyEvent.TaskEnded end = world.run(work(0));
    assertThat(end.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(end.cause()).contains("worker process");
  }

  @Test
  void aHeapThatTheMachineRefuses_failsThePartWithItsWords() throws Exception {
    open(settings -> settings.withMemory("1k"));
    assertThat(world.run(work(0)).cause()).contains("worker process exited with 1: ");
  }

  private static WorkerSettings withJava(WorkerSettings settings, Path java) {
    return new WorkerSettings(
        java,
        settings.classPath(),
        settings.flags(),
        settings.memory(),
        settings.grace(),
        settings.inProcess());
  }
}
