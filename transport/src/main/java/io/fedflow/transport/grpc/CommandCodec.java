package io.fedflow.transport.grpc;

import com.google.protobuf.ByteString;
import io.fedflow.failure.Confidential;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Federation;
import io.fedflow.job.Inheritance;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.TaskStatus;
import io.fedflow.party.Party;
import io.fedflow.spi.JsonCodec;
import io.fedflow.transport.grpc.wire.AskAlign;
import io.fedflow.transport.grpc.wire.AskRerun;
import io.fedflow.transport.grpc.wire.AskSlots;
import io.fedflow.transport.grpc.wire.AskStop;
import io.fedflow.transport.grpc.wire.AskYield;
import io.fedflow.transport.grpc.wire.CommandRequest;
import io.fedflow.transport.grpc.wire.CreateJob;
import io.fedflow.transport.grpc.wire.PartySlots;
import io.fedflow.transport.grpc.wire.PrepareTask;
import io.fedflow.transport.grpc.wire.ReportTask;
import io.fedflow.transport.grpc.wire.RerunJob;
import io.fedflow.transport.grpc.wire.ReturnSlots;
import io.fedflow.transport.grpc.wire.SlotsGranted;
import io.fedflow.transport.grpc.wire.StartTask;
import io.fedflow.transport.grpc.wire.TellJobStatus;
import io.fedflow.transport.grpc.wire.TellTaskStatus;
import io.fedflow.transport.grpc.wire.Traffic;
import io.fedflow.transport.grpc.wire.UpdateJob;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Commands on the wire. Thread-safe. */
final class CommandCodec {

  private final JsonCodec json;
  private final ModelCommandCodec models;

  CommandCodec(JsonCodec json) {
    this.json = json;
    this.models = new ModelCommandCodec(json);
  }

  CommandRequest write(String commandId, Set<String> from, Party to, PartyCommand command) {
    CommandRequest.Builder request =
        CommandRequest.newBuilder()
            .setProtocol(Protocol.VERSION)
            .setCommandId(commandId)
            .addAllFrom(from)
            .setTo(IdentityCodec.write(to));
    if (command instanceof PartyCommand.CreateJob create) {
      request.setCreateJob(write(create));
    } else if (command instanceof PartyCommand.TellJobStatus tell) {
      request.setTellJobStatus(
          TellJobStatus.newBuilder()
              .setJobId(tell.jobId())
              .setRound(tell.round())
              .setStatus(tell.status().text())
              .setProgress(tell.progress())
              .setCause(Confidential.leaveOut(tell.cause())));
    } else if (command instanceof PartyCommand.StartTask start) {
      request.setStartTask(StartTask.newBuilder().setTask(IdentityCodec.write(start.task())));
    } else if (command instanceof PartyCommand.TellTaskStatus tell) {
      request.setTellTaskStatus(
          TellTaskStatus.newBuilder()
              .setTask(IdentityCodec.write(tell.task()))
              .setStatus(tell.status().text())
              .setCause(Confidential.leaveOut(tell.cause())));
    } else if (command instanceof PartyCommand.ReportTask report) {
      request.setReportTask(write(report));
    } else if (command instanceof PartyCommand.AskStop stop) {
      request.setAskStop(
          AskStop.newBuilder().setJobId(stop.jobId()).setBy(stop.by()).setCause(stop.cause()));
    } else if (command instanceof PartyCommand.PrepareTask prepare) {
      request.setPrepareTask(PrepareTask.newBuilder().setTask(IdentityCodec.write(prepare.task())));
    } else if (command instanceof PartyCommand.AskRerun ask) {
      request.setAskRerun(
          AskRerun.newBuilder()
              .setJobId(ask.jobId())
              .setBy(ask.by())
              .addAllComponents(ask.components())
              .setForce(ask.force())
              .setRound(ask.round()));
    } else if (command instanceof PartyCommand.RerunJob again) {
      request.setRerunJob(
          RerunJob.newBuilder()
              .setJobId(again.jobId())
              .setRound(again.round())
              .putAllAttempts(again.attempts()));
    } else if (command instanceof PartyCommand.UpdateJob update) {
      request.setUpdateJob(
          UpdateJob.newBuilder()
              .setJobId(update.jobId())
              .setRound(update.round())
              .setEdition(update.edition())
              .setConf(ByteString.copyFromUtf8(json.write(update.conf()))));
    } else if (command instanceof PartyCommand.AskSlots ask) {
      request.setAskSlots(
          AskSlots.newBuilder()
              .setJobId(ask.jobId())
              .setRound(ask.round())
              .setAskRound(ask.askRound()));
    } else if (command instanceof PartyCommand.SlotsGranted granted) {
      request.setSlotsGranted(write(granted));
    } else if (command instanceof PartyCommand.AskYield ask) {
      request.setAskYield(AskYield.newBuilder().setJobId(ask.jobId()).setAskRound(ask.askRound()));
    } else if (command instanceof PartyCommand.ReturnSlots back) {
      request.setReturnSlots(
          ReturnSlots.newBuilder().setJobId(back.jobId()).setAskRound(back.askRound()));
    } else if (command instanceof PartyCommand.AskAlign align) {
      request.setAskAlign(
          AskAlign.newBuilder()
              .setJobId(align.jobId())
              .addAllParties(align.parties().stream().map(IdentityCodec::write).toList())
              .setRestarted(align.restarted()));
    } else if (command instanceof PartyCommand.ModelCommand about) {
      models.write(about, request);
    } else {
      throw new IllegalStateException("no wire form for " + command.getClass());
    }
    return request.build();
  }

  private CreateJob write(PartyCommand.CreateJob create) {
    return CreateJob.newBuilder()
        .setJobId(create.jobId())
        .setDsl(ByteString.copyFromUtf8(json.write(create.dsl())))
        .setConf(ByteString.copyFromUtf8(json.write(create.conf())))
        .setInitiator(IdentityCodec.write(create.initiator()))
        .setSeed(create.seed())
        .setCreateTime(create.createTime())
        .setInheritedJobId(create.inherited().jobId())
        .addAllInheritedComponents(create.inherited().components())
        .build();
  }

  private static SlotsGranted write(PartyCommand.SlotsGranted granted) {
    SlotsGranted.Builder message =
        SlotsGranted.newBuilder().setJobId(granted.jobId()).setAskRound(granted.askRound());
    granted
        .slots()
        .forEach(
            (party, slots) ->
                message.addSlots(
                    PartySlots.newBuilder().setParty(IdentityCodec.write(party)).setSlots(slots)));
    return message.build();
  }

  static ReportTask write(PartyCommand.ReportTask report) {
    return ReportTask.newBuilder()
        .setTask(IdentityCodec.write(report.task()))
        .setParty(IdentityCodec.write(report.party()))
        .setStatus(report.status().text())
        .setCause(Confidential.leaveOut(report.cause()))
        .setLost(report.lost())
        .setTraffic(
            Traffic.newBuilder()
                .setMessagesSent(report.traffic().messagesSent())
                .setBytesSent(report.traffic().bytesSent())
                .setMessagesReceived(report.traffic().messagesReceived())
                .setBytesReceived(report.traffic().bytesReceived()))
        .build();
  }

  /**
   * Reads a command.
   *
   * @throws IllegalArgumentException if a field is missing or malformed
   * @throws FedflowException {@code protocol.unknown_command} for one of a later release, {@code
   *     json.malformed} for a broken document
   */
  PartyCommand read(CommandRequest request) {
    return switch (request.getCommandCase()) {
      case CREATE_JOB -> read(request.getCreateJob());
      case TELL_JOB_STATUS -> read(request.getTellJobStatus());
      case START_TASK ->
          new PartyCommand.StartTask(IdentityCodec.read(request.getStartTask().getTask()));
      case TELL_TASK_STATUS -> read(request.getTellTaskStatus());
      case REPORT_TASK -> read(request.getReportTask());
      case ASK_STOP ->
          new PartyCommand.AskStop(
              jobId(request.getAskStop().getJobId()),
              request.getAskStop().getBy(),
              request.getAskStop().getCause());
      case PREPARE_TASK ->
          new PartyCommand.PrepareTask(IdentityCodec.read(request.getPrepareTask().getTask()));
      case ASK_ALIGN ->
          new PartyCommand.AskAlign(
              jobId(request.getAskAlign().getJobId()),
              request.getAskAlign().getPartiesList().stream().map(IdentityCodec::read).toList(),
              request.getAskAlign().getRestarted());
      case ASK_RERUN ->
          new PartyCommand.AskRerun(
              jobId(request.getAskRerun().getJobId()),
              request.getAskRerun().getBy(),
              request.getAskRerun().getComponentsList(),
              request.getAskRerun().getForce(),
              request.getAskRerun().getRound());
      case RERUN_JOB ->
          new PartyCommand.RerunJob(
              jobId(request.getRerunJob().getJobId()),
              request.getRerunJob().getRound(),
              request.getRerunJob().getAttemptsMap());
      case UPDATE_JOB ->
          new PartyCommand.UpdateJob(
              jobId(request.getUpdateJob().getJobId()),
              request.getUpdateJob().getRound(),
              request.getUpdateJob().getEdition(),
              document("conf", request.getUpdateJob().getConf()));
      case ASK_SLOTS ->
          new PartyCommand.AskSlots(
              jobId(request.getAskSlots().getJobId()),
              request.getAskSlots().getRound(),
              request.getAskSlots().getAskRound());
      case SLOTS_GRANTED -> read(request.getSlotsGranted());
      case ASK_YIELD ->
          new PartyCommand.AskYield(
              jobId(request.getAskYield().getJobId()), request.getAskYield().getAskRound());
      case RETURN_SLOTS ->
          new PartyCommand.ReturnSlots(
              jobId(request.getReturnSlots().getJobId()), request.getReturnSlots().getAskRound());
      case DEPLOY_MODEL -> models.read(request.getDeployModel());
      case LOAD_MODEL -> ModelCommandCodec.read(request.getLoadModel());
      case MIGRATE_MODEL -> ModelCommandCodec.read(request.getMigrateModel());
      case COMMAND_NOT_SET ->
          throw FedflowException.peer(
              "protocol.unknown_command",
              "the request holds no command that "
                  + Protocol.SOFTWARE
                  + " knows; it may come from a later release: upgrade this site");
    };
  }

  private PartyCommand read(CreateJob create) {
    return new PartyCommand.CreateJob(
        jobId(create.getJobId()),
        document("dsl", create.getDsl()),
        document("conf", create.getConf()),
        IdentityCodec.read(create.getInitiator()),
        create.getSeed(),
        create.getCreateTime(),
        inherited(create));
  }

  private static PartyCommand read(SlotsGranted granted) {
    Map<Party, Integer> slots = new LinkedHashMap<>();
    granted
        .getSlotsList()
        .forEach(of -> slots.put(IdentityCodec.read(of.getParty()), of.getSlots()));
    return new PartyCommand.SlotsGranted(jobId(granted.getJobId()), granted.getAskRound(), slots);
  }

  private static Inheritance inherited(CreateJob create) {
    return create.getInheritedComponentsCount() == 0
        ? Inheritance.NONE
        : new Inheritance(
            jobId(create.getInheritedJobId()),
            create.getInheritedComponentsList(),
            Inheritance.Status.WAITING);
  }

  private static PartyCommand read(TellJobStatus tell) {
    return new PartyCommand.TellJobStatus(
        jobId(tell.getJobId()),
        tell.getRound(),
        known(JobStatus.of(tell.getStatus()), "job status", tell.getStatus()),
        tell.getProgress(),
        tell.getCause());
  }

  private static PartyCommand read(TellTaskStatus tell) {
    return new PartyCommand.TellTaskStatus(
        IdentityCodec.read(tell.getTask()), taskStatus(tell.getStatus()), tell.getCause());
  }

  static PartyCommand.ReportTask read(ReportTask report) {
    Traffic traffic = report.getTraffic();
    return new PartyCommand.ReportTask(
        IdentityCodec.read(report.getTask()),
        IdentityCodec.read(report.getParty()),
        taskStatus(report.getStatus()),
        report.getCause(),
        report.getLost(),
        new Federation.Traffic(
            traffic.getMessagesSent(),
            traffic.getBytesSent(),
            traffic.getMessagesReceived(),
            traffic.getBytesReceived()));
  }

  private Map<String, Object> document(String name, ByteString text) {
    return WireDocument.read(json, name, text);
  }

  private static String jobId(String id) {
    return IdentityCodec.required("job id", id);
  }

  private static TaskStatus taskStatus(String text) {
    return known(TaskStatus.of(text), "task status", text);
  }

  private static <T> T known(Optional<T> status, String name, String text) {
    return status.orElseThrow(
        () -> new IllegalArgumentException(name + ": '" + text + "' is not known"));
  }
}
