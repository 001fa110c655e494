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
import java.nio.file.Path;
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

  private static final ComponentDescriptor DESCRIPTOR =
      new ComponentDescriptor(
          MODULE,
          Set.of(),
          Set.of(Role.LOCAL),
          ParameterSchema.builder()
              .include(FolderModel.PARAMETERS)
              .text("hash_", null, "the SHA-256 digest that the file must have, hex; null for any")
              .build(),
          List.of(),
          Map.of(),
          FolderModel::check);

  private final Supplier<Site> site;
  private final JsonCodec codec;
  private final ModelFolder folder;
  private final InstantSource clock;

  /**
   * A component that restores models of a site.
   *
   * @param site asked when a task runs; the site is made with its components
   * @param folder where models are kept
   */
  public ModelRestoreComponent(
      Supplier<Site> site, JsonCodec codec, Path folder, InstantSource clock) {
    this.site = site;
    this.codec = codec;
    this.folder = new ModelFolder(folder);
    this.clock = clock;
  }

  @Override
  public ComponentDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public TaskOutputs run(TaskContext context) throws IOException {
    Params params = context.params();
    PartyModelId id = PartyModelId.parse(params.text("model_id"));
    String version = params.text("model_version");
    ModelImport.Target target =
        new ModelImport.Target(id.modelId(), version, id.party(), params.bool("force_update"));
    Path file = folder.find(ModelArchiveWriter.fileName(id.party(), id.modelId(), version));
    String digest = ModelFolder.digest(file);
    String expected = params.isNull("hash_") ? digest : params.text("hash_");
    if (!digest.equals(expected.toLowerCase(Locale.ROOT))) {
      throw FedflowException.invalid(
          "model.digest", "sha256: found another digest than that of the file, which is " + digest);
    }
    PipelineModel model =
        new ModelImport(site.get(), codec, ArchiveLimits.DEFAULT, clock).take(file, target);
    FolderModel.report(context, model, digest, "restored");
    return TaskOutputs.none();
  }
}
