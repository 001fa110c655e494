package io.fedflow.transport.http.modelfile;

import static io.fedflow.transport.http.modelfile.ModelTasks.MODEL;
import static io.fedflow.transport.http.modelfile.ModelTasks.done;
import static io.fedflow.transport.http.modelfile.ModelTasks.named;
import static io.fedflow.transport.http.modelfile.ModelTasks.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.Component;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.failure.Problems;
import io.fedflow.identity.SecretFiles;
import io.fedflow.job.JobStatus;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.model.PipelineModel;
import io.fedflow.testkit.net.StrictBuckets;
import io.fedflow.testkit.net.StrictBuckets.Fault;
import io.fedflow.testkit.net.StrictBuckets.StoredObject;
import io.fedflow.transport.bucket.ModelBuckets;
import io.fedflow.transport.http.fake.FakeSite;
import io.fedflow.transport.http.fake.Rows;
import io.fedflow.transport.json.JacksonJsonCodec;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models into a bucket and back, by the components that jobs run. */
@Timeout(120)
class BucketModelsTest {

  private static final String OBJECT = "ours/fed/guest#9999#guest-9999#model_d1.zip";
  private static final ComponentModel LR =
      new ComponentModel(
          "lr_0",
          "HeteroLR",
          "model",
          Map.of(
              "LrParam",
              new ModelMessage(
                  MessageSchema.builder("Weights").repeated("weight", 1, Type.DOUBLE).build(),
                  Map.of("weight", List.of(1.5, -2.0)))));

  @TempDir Path folder;
  private final FakeSite site = new FakeSite();
  private final Vertx vertx = Vertx.vertx();
  private StrictBuckets service;
  private Path keys;
  private Component store;
  private Component restore;

  @BeforeEach
  void start() throws IOException {
    service = new StrictBuckets("eu-1", "ours");
    keys = folder.resolve("keys");
    writeKeys(StrictBuckets.SECRET_KEY, "");
    use(Map.of("safe", service.url("ours/fed")), InstantSource.system());
    site.pipelineModels.models.add(
        PipelineModel.trained(Rows.job("j1", Rows.GUEST, JobStatus.SUCCESS))
            .deployed("d1", Map.of("components", Map.of("lr_0", Map.of())), 7));
    site.models.store(MODEL, "d1", Rows.GUEST, LR);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    service.close();
    assertThat(staged()).as("no file stays").isEmpty();
  }

  private void writeKeys(String secret, String more) {
    SecretFiles.writeSecret(
        keys,
        "[default]\naws_access_key_id = "
            + StrictBuckets.ACCESS_KEY
            + "\naws_secret_access_key = "
            + secret
            + '\n'
            + more);
  }

  private void use(Map<String, URI> buckets, InstantSource clock) {
    JacksonJsonCodec codec = new JacksonJsonCodec();
    ModelPlaces places =
        ModelPlaces.of(
            Optional.empty(),
            ModelBuckets.of(buckets, Optional.of(keys)),
            vertx,
            folder.resolve("staging"),
            clock);
    store = new ModelStoreComponent(() -> site, codec, places);
    restore = new ModelRestoreComponent(() -> site, codec, places, () -> Instant.EPOCH);
  }

  private List<Path> staged() throws IOException {
    if (!Files.exists(folder.resolve("staging"))) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder.resolve("staging"))) {
      return all.toList();
    }
  }

  private FedflowException refused(
      String code, Component component, Map<String, Object> params, String... words) {
    Throwable failure = run(component, params).rootFailure();
    assertThat(failure)
        .isInstanceOfSatisfying(
            FedflowException.class, known -> assertThat(known.code()).isEqualTo(code))
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("127.0.0.1")
        .hasMessageNotContaining(folder.toString());
    StringWriter all = new StringWriter();
    failure.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain(StrictBuckets.SECRET_KEY);
    return (FedflowException) failure;
  }

  private Map<String, Object> restoredAfterDeletion(Map<String, Object> params) {
    site.models.delete("d1", Rows.GUEST);
    site.pipelineModels.models.clear();
    Map<String, Object> summary = done(restore, params);
    assertThat(site.models.load("d1", Rows.GUEST, "lr_0").orElseThrow().param())
        .isEqualTo(LR.param());
    return summary;
  }

  @Test
  void whatWasStored_isRestoredAfterItsDeletion() {
    Map<String, Object> stored = done(store, named());
    assertThat(service.objects).containsOnlyKeys(OBJECT);
    assertThat(stored).containsEntry("model_id", MODEL).containsEntry("party_id", "9999");
    assertThat(service.asked.get(0))
        .isEqualTo(
            "HEAD 127.0.0.1:"
                + service.port()
                + "/ours/fed/guest%239999%23guest-9999%23model_d1.zip");
    assertThat(restoredAfterDeletion(named("hash_", stored.get("sha256")))).isEqualTo(stored);
  }

  @Test
  void ofSeveralBuckets_oneMustBeNamed() {
    use(
        Map.of("safe", service.url("ours/fed"), "other", service.url("ours/more")),
        InstantSource.system());
    Problems problems = new Problems();
    store.descriptor().resolve(named(), "p", problems);
    assertThat(problems.errors()).extracting(Problem::pointer).containsExactly("p/store_address");
    assertThat(problems.errors().toString())
        .contains("\"bucket\": \"safe\"", "\"bucket\": \"other\"")
        .doesNotContain("null for");
    done(store, named("store_address", place("other")));
    assertThat(service.objects).containsOnlyKeys(OBJECT.replace("/fed/", "/more/"));
    restoredAfterDeletion(named("store_address", place("other")));
  }

  private static Map<String, Object> place(String bucket) {
    return Map.of("storage", "s3", "bucket", bucket);
  }

  @Test
  void onlyPlacesOfTheOperator_canBeNamed() {
    for (Object address :
        List.of(
            place("none"),
            Map.of("storage", "folder"),
            Map.of("storage", "s3", "bucket", "safe", "host", "169.254.169.254"),
            Map.of("storage", "s3", "url", "http://169.254.169.254/"),
            Map.of("storage", "tencent_cos", "SecretKey", "hush", "Bucket", "b", "Region", "r"),
            Map.of("storage", "mysql", "passwd", "hush"))) {
      Problems problems = new Problems();
      store.descriptor().resolve(named("store_address", address), "p", problems);
      assertThat(problems.errors()).extracting(Problem::pointer).containsExactly("p/store_address");
      assertThat(problems.errors().toString())
          .contains("{\"storage\": \"s3\", \"bucket\": \"safe\"}")
          .doesNotContain("hush");
    }
    Problems none = new Problems();
    store.descriptor().resolve(named("store_address", place("safe")), "p", none);
    assertThat(none.errors()).isEmpty();
  }

  @Test
  void whatIsThere_isReplacedOnlyIfThatIsAsked() {
    done(store, named());
    refused("model.exists", store, named(), "force_update");
    assertThat(service.asked.stream().filter(asked -> asked.startsWith("PUT"))).hasSize(1);
    done(store, named("force_update", true));
    refused("model.exists", restore, named(), "it is there");
    done(restore, named("force_update", true));
  }

  @Test
  void whatSomebodyElsePutMeanwhile_isNotReplaced() {
    done(store, named());
    StoredObject ours = service.objects.get(OBJECT);
    StoredObject theirs =
        new StoredObject(new byte[] {1}, Map.of("x-amz-meta-sha256", "0".repeat(64)));
    // The first question is answered as if nothing was there.
    service.objects.clear();
    service.onPut = () -> service.objects.put(OBJECT, theirs);
    refused("model.exists", store, named(), "stored already");
    assertThat(service.objects.get(OBJECT)).isEqualTo(theirs).isNotEqualTo(ours);
  }

  @Test
  void aServiceThatIsBusyOrBreaksOff_isAskedAgain() {
    service.faults.addAll(List.of(Fault.BUSY, Fault.BROKEN, Fault.NONE, Fault.BUSY, Fault.NONE));
    done(store, named());
    assertThat(service.asked).hasSize(6);
    service.faults.addAll(List.of(Fault.CUT, Fault.BUSY));
    restoredAfterDeletion(named());
  }

  @Test
  void aPutWhoseAnswerGotLost_isFoundAgain() {
    service.faults.addAll(List.of(Fault.NONE, Fault.SILENT));
    done(store, named());
    assertThat(service.asked.stream().filter(asked -> asked.startsWith("PUT"))).hasSize(2);
    restoredAfterDeletion(named());
  }

  @Test
  void aServiceThatStaysBroken_isGivenUpInWords() {
    service.faults.addAll(List.of(Fault.BROKEN, Fault.BUSY, Fault.BROKEN));
    FedflowException failure =
        refused("bucket.unavailable", store, named(), "bucket safe", "HTTP 500");
    assertThat(failure.kind()).isEqualTo(FailureKind.UNAVAILABLE);
    assertThat(service.asked).hasSize(3);
    done(store, named());
    service.faults.addAll(List.of(Fault.BROKEN, Fault.BROKEN, Fault.BUSY));
    refused(
        "bucket.unavailable", restore, named("force_update", true), "GET", "HTTP 503 (SlowDown)");
  }

  @Test
  void badKeys_areToldAtOnce() {
    writeKeys("another", "");
    refused("bucket.forbidden", store, named(), "bucket safe", "HTTP 403", "keys");
    assertThat(service.asked).hasSize(1);
    refused("bucket.forbidden", restore, named(), "SignatureDoesNotMatch");
    assertThat(service.asked).hasSize(2);
    // They are read anew each time.
    writeKeys(StrictBuckets.SECRET_KEY, "aws_session_token = lent\n");
    refused("bucket.forbidden", restore, named(), "InvalidAccessKeyId");
    service.lend("lent");
    done(store, named());
    SecretFiles.writeSecret(keys, "[elsewhere]\n");
    refused("bucket.keys", store, named(), "[safe]", "[default]");
  }

  @Test
  void aClockThatIsOff_isNamed() {
    use(Map.of("safe", service.url("ours/fed")), () -> Instant.now().minus(Duration.ofMinutes(20)));
    refused("bucket.clock", restore, named(), "RequestTimeTooSkewed", "clock");
  }

  @Test
  void whatIsNotThere_isNamed() {
    refused("model.unknown", restore, named(), "bucket safe holds no guest#9999#");
    refused("model.unknown", store, named("model_version", "x"), "version x");
    use(Map.of("safe", service.url("none-such")), InstantSource.system());
    refused("bucket.unknown", store, named(), "NoSuchBucket");
    refused("bucket.unknown", restore, named(), "NoSuchBucket");
  }

  @Test
  void redirects_areFollowedNowhere() {
    service.faults.add(Fault.REDIRECT);
    refused("bucket.moved", restore, named(), "HTTP 307", "eu-north-1", "not followed");
    assertThat(service.asked).hasSize(1);
  }

  @Test
  void noise_isNotRepeated() {
    service.faults.add(Fault.NOISE);
    refused("bucket.answer", restore, named(), "HTTP 400");
  }

  @Test
  void halfAnObject_isNotTakenForOne() {
    service.faults.addAll(List.of(Fault.NONE, Fault.HALF));
    refused("model.half_stored", store, named(), "bucket safe", "force_update");
    refused("model.digest", restore, named("force_update", true), "changed or cut");
    assertThat(site.models.load("d1", Rows.GUEST, "lr_0")).isPresent();
  }

  @Test
  void everyChangedByte_isNoticed() {
    done(store, named());
    StoredObject whole = service.objects.get(OBJECT);
    for (int at = 0; at < whole.content().length; at += 97) {
      byte[] changed = whole.content().clone();
      changed[at] ^= 0x10;
      service.objects.put(OBJECT, new StoredObject(changed, whole.metadata()));
      refused("model.digest", restore, named("force_update", true), "bucket safe");
    }
    // Copied by somebody who dropped what was noted: the file still tells its own digests.
    byte[] cut = Arrays.copyOf(whole.content(), whole.content().length / 2);
    service.objects.put(OBJECT, new StoredObject(cut, Map.of()));
    refused("model.archive", restore, named("force_update", true), "model file");
    refused("model.digest", restore, named("hash_", "00", "force_update", true), "sha256");
    service.objects.put(OBJECT, new StoredObject(whole.content(), Map.of()));
    done(restore, named("force_update", true));
    assertThat(site.models.load("d1", Rows.GUEST, "lr_0")).isPresent();
  }

  @Test
  void aServerThatIsNotThere_isToldWithoutItsAddress() {
    int port = service.port();
    service.close();
    use(Map.of("safe", URI.create("http://127.0.0.1:" + port + "/ours")), InstantSource.system());
    refused("bucket.unreachable", store, named(), "bucket safe", "HEAD", "it cannot be reached");
  }
}
