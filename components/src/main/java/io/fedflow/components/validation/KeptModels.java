package io.fedflow.components.validation;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.failure.Problems;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.ModelCheckpoints;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * FATE's callback {@code ModelCheckpoint}: keeps the model after the iterations, counted from 0,
 * that {@code save_freq} divides. Every party keeps its own part. One object for one training.
 */
public final class KeptModels {

  private static final String CALLBACK = "modelcheckpoint";

  private final TaskContext context;
  private final int every;

  /** As the task's parameters say; keeps nothing without the callback. */
  public KeptModels(TaskContext context) {
    this.context = context;
    this.every = every(context.params());
  }

  /** Keeps the model if the iteration is one of those; durable on return. */
  public void after(int iteration, Supplier<ComponentModel> model) {
    if (every > 0 && iteration % every == 0) {
      context.keepModel(iteration, "epoch_" + iteration, model.get());
    }
  }

  /** Every how many iterations; 0 without the callback. */
  private static int every(Params params) {
    Params callback = params.object("callback_param");
    boolean keeps =
        !callback.isNull("callbacks")
            && callback.texts("callbacks").stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(CALLBACK));
    if (!keeps) {
      return 0;
    }
    return callback.get("save_freq") instanceof Number number ? number.intValue() : 1;
  }

  /** Refuses to keep more than a site takes, before anything is trained. */
  static void check(Params params, int iterations, String pointer, Problems problems) {
    Object frequency = params.object("callback_param").get("save_freq");
    String at = pointer + "/callback_param/save_freq";
    if (frequency instanceof Number number && number.intValue() < 1
        || frequency instanceof String text && !text.equals("epoch")) {
      problems.error(at, "out of range", frequency, "an integer above 0, or epoch");
      return;
    }
    int every = every(params);
    if (every == 0) {
      return;
    }
    int kept = (iterations - 1) / every + 1;
    if (kept > ModelCheckpoints.MOST_STEPS) {
      problems.error(
          at,
          "would keep " + kept + " models",
          frequency,
          "a number that leaves at most " + ModelCheckpoints.MOST_STEPS);
    }
  }
}
