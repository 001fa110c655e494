package io.fedflow.testkit.sim;

import io.fedflow.job.TaskRunner;
import io.fedflow.spi.JobStore;
import io.fedflow.spi.PartyLink;
import io.fedflow.spi.Timers;
import io.fedflow.spi.TrackingStore;

/**
 * A deliberate bug: takes the place of one of the engine's ports, at every site and in every life,
 * so that it can be shown that the checks find it. Every method returns the port itself unless the
 * flaw is there.
 */
interface Flaw {

  /** No flaw. */
  Flaw NONE = new Flaw() {};

  /** Between the engine and its disk. */
  default JobStore store(JobStore store, Life life) {
    return store;
  }

  /** Between the engine and what its tasks reported. */
  default TrackingStore tracking(TrackingStore store, Life life) {
    return store;
  }

  /** Between the engine and its delays. */
  default Timers timers(Timers timers, Life life) {
    return timers;
  }

  /** Between the engine and its tasks. */
  default TaskRunner runner(TaskRunner runner, Life life) {
    return runner;
  }

  /** Between the engine and the other sites. */
  default PartyLink out(PartyLink link, Life life) {
    return link;
  }

  /** Between the other sites and the engine. */
  default PartyLink in(PartyLink engine, Life life) {
    return engine;
  }
}
