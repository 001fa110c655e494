package io.fedflow.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobRow;
import io.fedflow.job.JobStatus;
import io.fedflow.spi.JobQuery;
import io.fedflow.spi.JobSearch;
import io.fedflow.spi.Stores;
import io.fedflow.storage.sql.TestJson;
import io.fedflow.testkit.store.StoreRows;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresStoresTest {

  private static Vertx vertx;

  @BeforeAll
  static void startVertx() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void endVertx() {
    vertx.close().await();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sesame",
        "mysql://me:sesame@localhost/db",
        "postgres://localhost/db",
        "postgres://:sesame@localhost/db",
        "postgres://me:sesame@/db",
        "postgres://me:sesame@localhost",
        "postgres://me:sesame@localhost/",
        "postgres://me:sesame{@localhost/db",
        "postgres://me:sesame@localhost:port/db"
      })
  void aUrlOfAnotherForm_isRefused_withoutShowingThePassword(String url) {
    FedflowException refusal = failure(PostgresStores.open(vertx, url, new TestJson()));
    assertThat(refusal.code()).isEqualTo("store.url");
    assertThat(refusal).hasMessageContaining("postgres://user[:password]@host[:port]/name");
    assertThat(everythingIn(refusal)).doesNotContain("sesame");
  }

  @Test
  void aServerThatIsNotThere_isNamed() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    String url = "postgresql://me:sesame@localhost:" + port + "/db";
    FedflowException refusal = failure(PostgresStores.open(vertx, url, new TestJson()));
    assertThat(refusal.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(refusal)
        .hasMessageContaining("postgres://me@localhost:" + port + "/db")
        .hasMessageContaining("check that Postgres runs");
    assertThat(everythingIn(refusal)).doesNotContain("sesame");
  }

  @Test
  void aDatabaseThatIsNotThere_isNamed() {
    String url = TestPostgres.url("nowhere");
    FedflowException refusal = failure(PostgresStores.open(vertx, url, new TestJson()));
    assertThat(refusal.code()).isEqualTo("store.database");
    assertThat(refusal).hasMessageContaining("createdb nowhere");
  }

  @Test
  void aWrongPassword_isRefused_andTheRightOneIsNot() {
    String url = TestPostgres.freshDatabase();
    TestPostgres.run("CREATE ROLE keeper LOGIN SUPERUSER PASSWORD 'sesame'");
    TestPostgres.askForPassword("keeper");
    String wrong = url.replace("postgres:postgres@", "keeper:barley@");
    FedflowException refusal = failure(PostgresStores.open(vertx, wrong, new TestJson()));
    assertThat(refusal.code()).isEqualTo("store.login");
    assertThat(refusal).hasMessageContaining("check user and password");
    assertThat(everythingIn(refusal)).doesNotContain("barley");
    open(url.replace("postgres:postgres@", "keeper:sesame@")).close();
  }

  @Test
  void whatIsNotedOfJobs_byTwoServers_isPutTogether_andLosesNothing() {
    String url = TestPostgres.freshDatabase();
    Stores one = open(url);
    Stores other = open(url);
    List<CompletionStage<Void>> written = new ArrayList<>();
    for (int i = 0; i < 6_000; i++) {
      JobRow row = StoreRows.job("j" + i, StoreRows.GUEST, i);
      written.add(
          (i % 2 == 0 ? one : other)
              .jobs()
              .commit(StoreRows.jobs(row, row.moved(JobStatus.WAITING, "", i))));
    }
    written.forEach(PostgresStoresTest::value);
    TestPostgres.runIn(
        url,
        "DO $$ BEGIN IF (SELECT count(*) FROM job_count) > 5000 THEN"
            + " RAISE EXCEPTION 'notes gather'; END IF; END $$");
    assertThat(value(one.jobs().search(JobSearch.newest(1))).total()).isEqualTo(6_000);
    one.close();
    other.close();
  }

  @Test
  void serversThatStartTogether_bringUpOneSchema() {
    String url = TestPostgres.freshDatabase();
    List<CompletionStage<Stores>> opening = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      opening.add(PostgresStores.open(vertx, url, new TestJson()));
    }
    opening.forEach(stores -> value(stores).close());
  }

  @Test
  void J3_ofTurnsOfTwoServers_exactlyOneWins() {
    String url = TestPostgres.freshDatabase();
    try (Stores one = open(url);
        Stores other = open(url)) {
      JobRow first = StoreRows.job("job", StoreRows.GUEST, 1);
      value(one.jobs().commit(StoreRows.jobs(first)));
      List<CompletionStage<Void>> racing = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Stores either = i % 2 == 0 ? one : other;
        racing.add(either.jobs().commit(StoreRows.jobs(first.progressed(i, 2))));
      }
      assertThat(
              racing.stream()
                  .map(turn -> value(turn.handle((done, refusal) -> refusal == null)))
                  .filter(won -> won))
          .hasSize(1);
    }
  }

  @Test
  void aLostConnection_isMadeAnew() {
    String url = TestPostgres.freshDatabase();
    try (Stores stores = open(url)) {
      value(stores.jobs().commit(StoreRows.jobs(StoreRows.job("before", StoreRows.GUEST, 1))));
      value(stores.jobs().unfinished());
      TestPostgres.run(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '"
              + url.substring(url.lastIndexOf('/') + 1)
              + "'");
      // One call may still meet the dying connection; it must be told so, and the next one work.
      JobRow after = StoreRows.job("after", StoreRows.GUEST, 2);
      boolean stored =
          value(
              stores
                  .jobs()
                  .commit(StoreRows.jobs(after))
                  .handle((done, refusal) -> refusal == null));
      if (!stored) {
        value(stores.jobs().commit(StoreRows.jobs(after)));
      }
      List<JobRow> found = readAgainstOdds(stores);
      assertThat(found).extracting(JobRow::jobId).containsExactly("after");
    }
  }

  @Test
  void onAnEventLoop_blobsAreRefused_beforeTheyBlockIt() {
    try (Stores stores = open(TestPostgres.freshDatabase())) {
      Future<Throwable> refused =
          Future.future(
              promise ->
                  vertx.runOnContext(
                      loop -> {
                        try {
                          stores.blobs().write("a", out -> out.write(1));
                          promise.fail("it waited");
                        } catch (IllegalStateException e) {
                          promise.complete(e);
                        } catch (IOException e) {
                          promise.fail(e);
                        }
                      }));
      assertThat(refused.await()).hasMessageContaining("worker thread");
    }
  }

  @Test
  void stoppedWriters_holdNoConnection() throws IOException {
    try (Stores stores = open(TestPostgres.freshDatabase())) {
      for (int i = 0; i < 20; i++) {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedIOException.class)
            .isThrownBy(() -> stores.blobs().write("a", out -> out.write(1)));
        assertThat(Thread.interrupted()).isTrue();
      }
      for (int i = 0; i < 20; i++) {
        assertThatExceptionOfType(InterruptedIOException.class)
            .isThrownBy(
                () ->
                    stores
                        .blobs()
                        .write(
                            "a",
                            out -> {
                              Thread.currentThread().interrupt();
                              out.write(new byte[3_000_000]);
                            }));
        assertThat(Thread.interrupted()).isTrue();
      }
      stores.blobs().write("a", out -> out.write(7));
      try (InputStream in = stores.blobs().read("a")) {
        assertThat(in.readAllBytes()).containsExactly(7);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE blob_chunk SET bytes = set_byte(bytes, 9, get_byte(bytes, 9) # 4) WHERE part = 1",
        "UPDATE blob_chunk SET bytes = substr(bytes, 1, 1000) WHERE part = 1",
        "UPDATE blob_chunk SET bytes = '' WHERE part = 2",
        "DELETE FROM blob_chunk WHERE part = 1"
      })
  void aBlobThatWasChangedBehindItsBack_isDamaged_notAway(String change) throws IOException {
    String url = TestPostgres.freshDatabase();
    try (Stores stores = open(url)) {
      stores.blobs().write("model/m", out -> out.write(new byte[3 * BlobOutput.CHUNK - 5]));
      TestPostgres.runIn(url, change);
      try (InputStream in = stores.blobs().read("model/m")) {
        assertThatExceptionOfType(FedflowException.class)
            .isThrownBy(in::readAllBytes)
            .withMessageContaining("blob model/m is damaged")
            .satisfies(damaged -> assertThat(damaged.code()).isEqualTo("blob.damaged"));
      }
    }
  }

  @Test
  void afterClosing_everythingIsRefused() {
    Stores stores = open(TestPostgres.freshDatabase());
    stores.close();
    assertThat(failure(stores.jobs().unfinished()).code()).isEqualTo("store.closed");
    JobRow row = StoreRows.job("job", StoreRows.GUEST, 1);
    assertThat(failure(stores.jobs().commit(StoreRows.jobs(row))).code()).isEqualTo("store.closed");
  }

  private static List<JobRow> readAgainstOdds(Stores stores) {
    RuntimeException last = null;
    // Each reading connection may have to be found dead once.
    for (int i = 0; i < 5; i++) {
      try {
        return value(stores.jobs().jobs(JobQuery.ofJob("after")));
      } catch (CompletionException e) {
        assertThat(((FedflowException) e.getCause()).kind()).isEqualTo(FailureKind.UNAVAILABLE);
        last = e;
      }
    }
    throw last;
  }

  private static Stores open(String url) {
    return value(PostgresStores.open(vertx, url, new TestJson()));
  }

  private static <T> T value(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static FedflowException failure(CompletionStage<?> stage) {
    try {
      value(stage);
    } catch (CompletionException e) {
      return (FedflowException) e.getCause();
    }
    throw new AssertionError("it must be refused");
  }

  private static String everythingIn(Throwable failure) {
    StringBuilder all = new StringBuilder();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      all.append(t).append('\n');
    }
    return all.toString();
  }
}
