package io.fedflow.transport.grpc;

import io.fedflow.job.PartyCommand;
import io.fedflow.model.CheckpointStep;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.grpc.wire.CommandRequest;
import io.fedflow.transport.grpc.wire.DeployModel;
import io.fedflow.transport.grpc.wire.LoadModel;
import io.fedflow.transport.grpc.wire.MigrateModel;
import io.fedflow.transport.grpc.wire.ModelStep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Commands about models on the wire. Thread-safe. */
final class ModelCommandCodec {

  private final JsonCodec json;

  ModelCommandCodec(JsonCodec json) {
    this.json = json;
  }

  void write(PartyCommand.ModelCommand command, CommandRequest.Builder request) {
    if (command instanceof PartyCommand.DeployModel deploy) {
      request.setDeployModel(
          DeployModel.newBuilder()
              .setVersion(deploy.jobId())
              .setModelId(deploy.modelId())
              .setTrained(deploy.trained())
              .setDsl(WireDocument.write(json, deploy.dsl()))
              .putAllSteps(steps(deploy.steps())));
    } else if (command instanceof PartyCommand.MigrateModel migrate) {
      request.setMigrateModel(
          MigrateModel.newBuilder()
              .setVersion(migrate.jobId())
              .setModelId(migrate.modelId())
              .setFrom(migrate.from())
              .addAllParties(migrate.parties().all().stream().map(IdentityCodec::write).toList())
              .setInitiator(IdentityCodec.write(migrate.initiator())));
    } else {
      PartyCommand.LoadModel load = (PartyCommand.LoadModel) command;
      request.setLoadModel(
          LoadModel.newBuilder().setVersion(load.jobId()).setModelId(load.modelId()));
    }
  }

  PartyCommand read(DeployModel deploy) {
    return new PartyCommand.DeployModel(
        version(deploy.getVersion()),
        modelId(deploy.getModelId()),
        version(deploy.getTrained()),
        WireDocument.read(json, "dsl", deploy.getDsl()),
        read(deploy.getStepsMap()));
  }

  private static Map<String, ModelStep> steps(Map<String, CheckpointStep> steps) {
    Map<String, ModelStep> written = new LinkedHashMap<>();
    steps.forEach(
        (component, step) ->
            written.put(
                component,
                ModelStep.newBuilder()
                    .setIndexPlusOne(step.index() + 1)
                    .setName(step.name())
                    .build()));
    return written;
  }

  private static Map<String, CheckpointStep> read(Map<String, ModelStep> steps) {
    Map<String, CheckpointStep> read = new LinkedHashMap<>();
    steps.forEach(
        (component, step) ->
            read.put(component, new CheckpointStep(step.getIndexPlusOne() - 1, step.getName())));
    return read;
  }

  static PartyCommand read(LoadModel load) {
    return new PartyCommand.LoadModel(version(load.getVersion()), modelId(load.getModelId()));
  }

  static PartyCommand read(MigrateModel migrate) {
    Map<Role, List<String>> byRole = new LinkedHashMap<>();
    for (io.fedflow.transport.grpc.wire.Party each : migrate.getPartiesList()) {
      Party party = IdentityCodec.read(each);
      byRole.computeIfAbsent(party.role(), role -> new ArrayList<>()).add(party.id());
    }
    return new PartyCommand.MigrateModel(
        version(migrate.getVersion()),
        modelId(migrate.getModelId()),
        version(migrate.getFrom()),
        new Parties(byRole),
        IdentityCodec.read(migrate.getInitiator()));
  }

  private static String version(String text) {
    return IdentityCodec.required("model version", text);
  }

  private static String modelId(String text) {
    return IdentityCodec.required("model id", text);
  }
}
