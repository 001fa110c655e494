package io.fedflow.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.storage.sql.Change;
import io.fedflow.storage.sql.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that may not grow fails like a disk that is full. */
class FullDiskTest {

  @TempDir Path dir;

  @Test
  void whatDoesNotFit_isUnavailable_andTheStoreGoesOnAfterwards() throws Exception {
    SqliteConnection connection = SqliteConnection.writing(dir.resolve("fedflow.db"));
    connection.run("CREATE TABLE big (content text NOT NULL)");
    connection.run("PRAGMA max_page_count = 10");
    try (Writer writer = Writer.start(connection)) {
      FedflowException full = failure(writer.submit(insert("x".repeat(200_000))));
      assertThat(full.kind()).isEqualTo(FailureKind.UNAVAILABLE);
      assertThat(full.code()).isEqualTo("store.full");
      assertThat(full).hasMessageContaining("the disk is full");
      assertThat(full).hasMessageContaining("SQLITE_FULL").hasCauseInstanceOf(Exception.class);
      assertThat(writer.submit(insert("small")).toCompletableFuture().join()).isEmpty();
    }
  }

  private static Change<Void> insert(String content) {
    return Change.of(
        List.of(new Step("INSERT INTO big (content) VALUES ($1)", List.of(content), false, null)));
  }

  private static FedflowException failure(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().join();
      throw new AssertionError("it fitted");
    } catch (CompletionException e) {
      return (FedflowException) e.getCause();
    }
  }
}
