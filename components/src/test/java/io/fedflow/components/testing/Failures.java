package io.fedflow.components.testing;

import io.fedflow.failure.FedflowException;
import org.assertj.core.api.Condition;

/** Conditions on failures. */
public final class Failures {

  private Failures() {}

  /** A {@link FedflowException} of this code. */
  public static Condition<Throwable> code(String code) {
    return new Condition<>(
        failure -> failure instanceof FedflowException fedflow && fedflow.code().equals(code),
        "a failure of code %s",
        code);
  }
}
