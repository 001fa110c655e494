package io.fedflow.transport.http.modelfile;

import io.fedflow.Site;
import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.component.Params;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.data.Stages;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.PipelineModel;
import io.fedflow.party.Role;
import io.fedflow.spi.JsonCodec;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * FATE's {@code ModelStore}: puts a version of a model into one of the places for models of the
 * server, as a job of one local party. Thread-safe.
 */
public final class ModelStoreComponent implements Component {

  static final String MODULE = "ModelStore";

  private static ComponentDescriptor described(ModelPlaces places) {
    return new ComponentDescriptor(
        MODULE,
        Set.of(),
        Set.of(Role.LOCAL),
        FolderModel.PARAMETERS,
        List.of(),
        Map.of(),
        places::check);
  }

  private final Supplier<Site> site;
  private final JsonCodec codec;
  private final ModelPlaces places;
  private final ComponentDescriptor descriptor;

  /**
   * A component that stores models of a site.
   *
   * @param site asked when a task runs; the site is made with its components
   * @param places where models may be kept
   */
  public ModelStoreComponent(Supplier<Site> site, JsonCodec codec, ModelPlaces places) {
    this.site = site;
    this.codec = codec;
    this.places = places;
    this.descriptor = described(places);
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
    PipelineModel model =
        Stages.join(site.get().pipelineModels().find(version, id.party()))
            .filter(found -> found.modelId().equals(id.modelId()))
            .orElseThrow(
                () ->
                    FedflowException.invalid(
                        "model.unknown",
                        "this site has no model " + id + " of version " + version));
    String digest =
        places
            .of(params)
            .store(
                model,
                new ModelArchiveWriter(site.get().models(), codec),
                params.bool("force_update"));
    FolderModel.report(context, model, digest, "stored in " + places.of(params).described());
    return TaskOutputs.none();
  }
}
