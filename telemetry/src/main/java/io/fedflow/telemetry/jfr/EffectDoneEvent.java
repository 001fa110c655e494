package io.fedflow.telemetry.jfr;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** See {@link io.fedflow.spi.Signal.EffectDone}. */
@Name("fedflow.EffectDone")
@Label("Effect Done")
@Description("A consequence of a stored turn was carried out")
final class EffectDoneEvent extends SignalEvent {

  @Label("By")
  String by;

  @Label("Effect")
  String effect;
}
