package io.fedflow.testkit.spi;

import io.fedflow.spi.Timers;

class ManualTimeTimersTest extends ManualTimersContract {

  @Override
  protected Timers timers() {
    return time();
  }
}
