package io.fedflow.server.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fedflow model store}. */
@Command(
    name = "store",
    description = {
      "Stores a version of a model where the server keeps models for long: in its folder, or in",
      "one of its buckets. Waits for the job that does it and tells the digest of the file."
    })
final class ModelStoreCommand implements Callable<Integer> {

  @Mixin private ServerAddress server;
  @Mixin private Console console;
  @Mixin private ModelOption model;
  @Mixin private PlaceOption place;

  @Option(names = "--force", description = "replaces what is stored there already")
  private boolean force;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> asked = model.arguments();
    place.into(asked);
    asked.put("force_update", force);
    return new ModelJob(server, console)
        .run("/v1/model/store", asked, "modeloperation_store_0", "stored");
  }
}
