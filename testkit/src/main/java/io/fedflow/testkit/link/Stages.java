package io.fedflow.testkit.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fedflow.failure.FedflowException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Waiting for stages, never for ever. */
final class Stages {

  /** Far more than anything here takes: reached only by what hangs. */
  static final long LIMIT_SECONDS = 60;

  private Stages() {}

  static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** The failure of our family that a stage ends with. */
  static FedflowException failure(CompletionStage<?> stage) {
    Throwable failure = catchThrowable(() -> await(stage));
    while (failure instanceof ExecutionException || failure instanceof CompletionException) {
      failure = failure.getCause();
    }
    assertThat(failure).isInstanceOf(FedflowException.class);
    return (FedflowException) failure;
  }
}
