package io.fedflow.worker;

import io.fedflow.testkit.runner.RunnerWorld;

/** A process with a worker that ignores every request to stop; tells the worker's process id. */
final class LonelyServer {

  private LonelyServer() {}

  public static void main(String[] arguments) throws InterruptedException {
    RunnerWorld world =
        new RunnerWorld(parts -> new ProcessTaskRunner(WorkerSettings.likeThisProcess(), parts));
    RunnerWorld.Ends ends = world.start(RunnerWorld.work(0, "say here", "ignore"));
    world.hear(RunnerWorld.task(0), "here");
    System.out.println(Workers.alive().get(0).pid());
    System.out.flush();
    ends.await();
  }
}
