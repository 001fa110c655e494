package io.fedflow.testkit.spi;

import java.util.Optional;

/** The contract over policies that look tables up in a {@link PolicyWorld}. */
abstract class WorldPolicyContract extends JobPolicyContract {

  final PolicyWorld world = new PolicyWorld();

  @Override
  protected Asked welcome() {
    return PolicyWorld.reading("9999", "clients");
  }

  @Override
  protected Optional<Asked> unwelcome() {
    return Optional.of(PolicyWorld.reading("9999", "secret"));
  }

  @Override
  protected String found() {
    return "bank.secret";
  }

  @Override
  protected boolean looksThingsUp() {
    return true;
  }

  @Override
  protected boolean breakLookUps() {
    world.breakLookUps();
    return true;
  }

  @Override
  protected void whileLookUpsHang(Runnable work) {
    world.whileLookUpsHang(work);
  }
}
