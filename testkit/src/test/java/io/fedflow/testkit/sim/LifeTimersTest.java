package io.fedflow.testkit.sim;

import io.fedflow.spi.Timers;
import io.fedflow.testkit.spi.ManualTimersContract;

class LifeTimersTest extends ManualTimersContract {

  private final Life life = new Life("1", time());

  @Override
  protected Timers timers() {
    return life;
  }
}
