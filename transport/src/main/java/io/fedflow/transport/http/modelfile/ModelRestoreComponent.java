package io.fedflow.transport.http.modelfile;

import io.fedflow.Site;
import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.PipelineModel;
import io.fedflow.party.Role;
import io.fedflow.spi.JsonCodec;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * FATE's {@code ModelRestore}: takes a version of a model back from the server's folder of models,
 * as a job of one local party. Thread-safe.
 */
public final class ModelRestoreComponent implements Component {

  static final String MODULE = "ModelRestore";

  private static ComponentDescriptor described(ModelPlaces places) {
    return new ComponentDescriptor(
        MODULE,
        Set.of(),
        Set.of(Role.LOCAL),
        ParameterSchema.builder()
            .include(FolderModel.PARAMETERS)
            .text("hash_", null, "the SHA-256 digest that the file must have, hex; null for any")
            .build(),
        List.of(),
        Map.of(),
        places::check);
  }

  private final Supplier<Site> site;
  private final JsonCodec codec;
  private final ModelPlaces places;
  private final ComponentDescriptor descriptor;
  private final InstantSource clock;

  /**
   * A component that restores models of a site.
   *
   * @param site asked when a task runs; the site is made with its components
   * @param places where models may be kept
   */
  public ModelRestoreComponent(
      Supplier<Site> site, JsonCodec codec, ModelPlaces places, InstantSource clock) {
    this.site = site;
    this.codec = codec;
    this.places = places;
    this.descriptor = described(places);
    this.clock = clock;
  }

  @Override
  public ComponentDescriptor descriptor() {
    return descriptor;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws IOException, InterruptedException {
    Params params = context.params();
    PartyModelId id = PartyModelId.parse(params.text("model_id"));
    String version = params.text("model_version");
    ModelImport.Target target =
        new ModelImport.Target(id.modelId(), version, id.party(), params.bool("force_update"));
    ModelPlace place = places.of(params);
    try (ModelPlace.Fetched fetched =
        place.fetch(ModelArchiveWriter.fileName(id.party(), id.modelId(), version))) {
      String digest = ModelFolder.digest(fetched.file());
      requireDigest(place, fetched, digest, params);
      PipelineModel model =
          new ModelImport(site.get(), codec, ArchiveLimits.DEFAULT, clock)
              .take(fetched.file(), target);
      FolderModel.report(context, model, digest, "restored from " + place.described());
    }
    return TaskOutputs.none();
  }

  /** What was asked for comes first: who stored it may have been wrong already. */
  private static void requireDigest(
      ModelPlace place, ModelPlace.Fetched fetched, String digest, Params params) {
    if (!params.isNull("hash_") && !digest.equals(params.text("hash_").toLowerCase(Locale.ROOT))) {
      throw FedflowException.invalid(
          "model.digest", "sha256: found another digest than that of the file, which is " + digest);
    }
    if (!fetched.stored().map(digest::equals).orElse(true)) {
      throw FedflowException.invalid(
          "model.digest",
          place.described()
              + ": found a file of the SHA-256 digest "
              + digest
              + ", allowed that with which it was stored; it was changed or cut, store the model"
              + " again");
    }
  }
}
