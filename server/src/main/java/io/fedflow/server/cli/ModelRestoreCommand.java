package io.fedflow.server.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fedflow model restore}. */
@Command(
    name = "restore",
    description = {
      "Takes a version of a model back from where the server keeps models for long. Waits for the",
      "job that does it."
    })
final class ModelRestoreCommand implements Callable<Integer> {

  @Mixin private ServerAddress server;
  @Mixin private Console console;
  @Mixin private ModelOption model;
  @Mixin private PlaceOption place;

  @Option(names = "--force", description = "replaces the version that the server has")
  private boolean force;

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "the digest that the file must have, as storing it told")
  private String sha256;

  @Override
  public Integer call() throws Exception {
    Map<String, Object> asked = model.arguments();
    place.into(asked);
    asked.put("force_update", force);
    if (sha256 != null) {
      asked.put("sha256", sha256);
    }
    return new ModelJob(server, console)
        .run("/v1/model/restore", asked, "modeloperation_restore_0", "restored");
  }
}
