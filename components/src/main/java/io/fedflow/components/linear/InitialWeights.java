package io.fedflow.components.linear;

import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import java.util.SplittableRandom;

/** Where weights start. Stateless. */
public final class InitialWeights {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private InitialWeights() {}

  /**
   * Initial weights of one party. Random methods draw from {@code init_param.random_seed}, or from
   * the job's seed so that a job repeats; parties draw differently. These starts are no secret:
   * every party knows the seed.
   *
   * @param count how many weights, an intercept included
   */
  public static double[] of(TaskContext context, int count) {
    Params init = context.params().object("init_param");
    long seed = init.isNull("random_seed") ? context.seed() : (long) init.number("random_seed");
    SplittableRandom random =
        new SplittableRandom(seed ^ context.self().toString().hashCode() * GOLDEN);
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      weights[i] =
          switch (init.text("init_method")) {
            case "zeros" -> 0;
            case "ones" -> 1;
            case "const" -> init.number("init_const");
            case "random_normal" -> random.nextGaussian();
            default -> random.nextDouble();
          };
    }
    return weights;
  }
}
