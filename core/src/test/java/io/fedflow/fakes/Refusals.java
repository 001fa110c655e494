package io.fedflow.fakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fedflow.failure.FedflowException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What must be refused, and nothing but refused. */
public final class Refusals {

  private Refusals() {}

  /** The refusal of a call; any other failure, or none, fails the test. */
  public static FedflowException of(ThrowingCallable call, String when) {
    Throwable failure = catchThrowable(call);
    assertThat(failure).as(when).isInstanceOf(FedflowException.class);
    return (FedflowException) failure;
  }

  /** A call must be refused with a code. */
  public static void assertRefused(String code, ThrowingCallable call, String when) {
    FedflowException refusal = of(call, when);
    assertThat(refusal.code()).as("%s: %s", when, refusal.getMessage()).isEqualTo(code);
  }

  /** A call must work, or be refused with a code. */
  public static void assertFineOrRefused(String code, ThrowingCallable call, String when) {
    if (catchThrowable(call) != null) {
      assertRefused(code, call, when);
    }
  }
}
