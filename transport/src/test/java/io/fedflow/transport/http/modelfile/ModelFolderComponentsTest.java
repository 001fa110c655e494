package io.fedflow.transport.http.modelfile;

import static io.fedflow.transport.http.modelfile.ModelTasks.MODEL;
import static io.fedflow.transport.http.modelfile.ModelTasks.done;
import static io.fedflow.transport.http.modelfile.ModelTasks.named;
import static io.fedflow.transport.http.modelfile.ModelTasks.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.Component;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.failure.Problems;
import io.fedflow.job.JobStatus;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.model.PipelineModel;
import io.fedflow.transport.http.fake.FakeSite;
import io.fedflow.transport.http.fake.Rows;
import io.fedflow.transport.json.JacksonJsonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models into a folder and back, by the components that jobs run. */
class ModelFolderComponentsTest {

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
  private Component store;
  private Component restore;

  @BeforeEach
  void start() {
    JacksonJsonCodec codec = new JacksonJsonCodec();
    Path models = folder.resolve("models");
    store = new ModelStoreComponent(() -> site, codec, ModelPlaces.folder(models));
    restore =
        new ModelRestoreComponent(
            () -> site, codec, ModelPlaces.folder(models), () -> Instant.EPOCH);
    site.pipelineModels.models.add(
        PipelineModel.trained(Rows.job("j1", Rows.GUEST, JobStatus.SUCCESS))
            .deployed("d1", Map.of("components", Map.of("lr_0", Map.of())), 7));
    site.models.store(MODEL, "d1", Rows.GUEST, LR);
  }

  private static void assertRefused(
      String code, Component component, Map<String, Object> params, String... words) {
    assertThat(run(component, params).rootFailure())
        .isInstanceOfSatisfying(
            FedflowException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContainingAll(words);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("models"))) {
      return all.map(file -> file.getFileName().toString()).toList();
    }
  }

  @Test
  void whatWasStored_isRestoredAfterItsDeletion() throws IOException {
    Map<String, Object> stored = done(store, named());
    assertThat(files()).containsExactly("guest#9999#guest-9999#model_d1.zip");
    assertThat(stored)
        .containsEntry("model_id", MODEL)
        .containsEntry("model_version", "d1")
        .containsEntry("role", "guest")
        .containsEntry("party_id", "9999");
    assertThat(String.valueOf(stored.get("sha256"))).matches("[0-9a-f]{64}");
    site.models.delete("d1", Rows.GUEST);
    site.pipelineModels.models.clear();

    assertThat(
            done(
                restore,
                named("hash_", String.valueOf(stored.get("sha256")).toUpperCase(Locale.ROOT))))
        .isEqualTo(stored);

    assertThat(site.models.load("d1", Rows.GUEST, "lr_0").orElseThrow().param())
        .isEqualTo(LR.param());
    assertThat(site.pipelineModels.models).hasSize(1);
  }

  @Test
  void whatIsThere_isReplacedOnlyIfThatIsAsked() {
    done(store, named());
    assertRefused("model.exists", store, named(), "force_update");
    assertRefused("model.exists", restore, named(), "it is there");
    done(store, named("force_update", true));
    done(restore, named("force_update", true));
  }

  @Test
  void otherFilesThanExpected_areNotRestored() {
    done(store, named());
    assertRefused("model.digest", restore, named("hash_", "00", "force_update", true), "sha256");
  }

  @Test
  void whatIsNotThere_isNamed() {
    assertRefused("model.unknown", store, named("model_version", "x"), "guest#9999#", "version x");
    assertRefused("model.unknown", store, named("model_id", "guest#9999#other"), "other");
    assertRefused("model.unknown", restore, named(), "holds no");
    assertRefused("model.id", store, named("model_id", MODEL), "<role>#<party id>#<model id>");
    assertRefused("model.id", store, named("model_id", "g st#1#m"), "model_id");
    assertRefused("model.file", restore, named("model_id", "guest#9999#../../x"), "model_id");
  }

  @Test
  void otherStores_areRefusedBeforeTheRun() {
    Problems problems = new Problems();
    store.descriptor().resolve(named("store_address", Map.of("storage", "s3")), "p", problems);
    assertThat(problems.errors()).extracting(Problem::pointer).containsExactly("p/store_address");
  }
}
