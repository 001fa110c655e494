package io.fedflow.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The instance of stores that no other process can use: it owns all and loses nothing. */
public final class SoleInstance implements SiteInstances {

  private static final String ID = "sole";

  @Override
  public boolean shared() {
    return false;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public CompletionStage<Void> join(Duration lease) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void watch(Watcher watcher) {
    // There is nobody else to hear of.
  }

  @Override
  public CompletionStage<Renewed> renew() {
    return CompletableFuture.completedStage(new Renewed(0, false, Long.MAX_VALUE));
  }

  @Override
  public CompletionStage<List<String>> take(boolean fence) {
    return CompletableFuture.completedStage(List.of());
  }

  @Override
  public CompletionStage<List<String>> adopt() {
    return CompletableFuture.completedStage(List.of());
  }

  @Override
  public CompletionStage<String> claim(String jobId) {
    return CompletableFuture.completedStage(ID);
  }

  @Override
  public CompletionStage<Optional<String>> owner(String jobId) {
    return CompletableFuture.completedStage(Optional.of(ID));
  }

  @Override
  public CompletionStage<Void> leave() {
    return CompletableFuture.completedStage(null);
  }
}
