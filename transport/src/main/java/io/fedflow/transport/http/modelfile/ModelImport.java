package io.fedflow.transport.http.modelfile;

import io.fedflow.Site;
import io.fedflow.failure.FedflowException;
import io.fedflow.model.PipelineModel;
import io.fedflow.party.Party;
import io.fedflow.spi.JsonCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;

/** Takes a model file into a site. Blocking; thread-safe. */
public final class ModelImport {

  private final Site site;
  private final JsonCodec codec;
  private final ArchiveLimits limits;
  private final InstantSource clock;

  /** Takes files into this site. */
  public ModelImport(Site site, JsonCodec codec, ArchiveLimits limits, InstantSource clock) {
    this.site = site;
    this.codec = codec;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * What a file is to be taken for.
   *
   * @param modelId must be that of the file
   * @param version may be another than that of the file
   * @param party must be that of the file
   * @param replace whether a version that is there already is replaced
   */
  public record Target(String modelId, String version, Party party, boolean replace) {

    /** Refuses a version that could not be a job's id. */
    public Target {
      if (!version.matches("[A-Za-z0-9_-]{1,100}")) {
        throw FedflowException.invalid(
            "argument.type",
            "model_version: found "
                + version.length()
                + " characters, allowed 1..100 letters, digits, '_' and '-'");
      }
    }
  }

  /**
   * Takes a file in.
   *
   * @return the version as it is stored
   * @throws FedflowException {@code model.archive} if the file is damaged or dangerous, {@code
   *     model.party} if it is not the model or party that was named, CONFLICT {@code model.exists}
   */
  public PipelineModel take(Path file, Target target) throws IOException {
    ModelArchiveReader archive = ModelArchiveReader.open(file, codec, limits);
    PipelineModel model = archive.model();
    if (!model.modelId().equals(target.modelId())) {
      throw wrong("model_id", target.modelId(), model.modelId());
    }
    if (!model.party().equals(target.party())) {
      throw wrong("party_id", target.party(), model.party());
    }
    if (model.state() == PipelineModel.State.DELETED) {
      throw ArchiveScan.refused("state: found DELETED, allowed TRAINED or DEPLOYED");
    }
    PipelineModel taken = model.imported(target.version(), clock.millis());
    site.pipelineModels().take(taken, archive::components, target.replace());
    return taken;
  }

  private static FedflowException wrong(String field, Object found, Object allowed) {
    return FedflowException.invalid(
        "model.party",
        field + ": found " + found + ", allowed that of the file, " + ArchiveScan.shown(allowed));
  }
}
