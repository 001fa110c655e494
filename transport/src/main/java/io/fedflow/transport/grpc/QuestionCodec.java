package io.fedflow.transport.grpc;

import io.fedflow.failure.FedflowException;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyQuestion;
import io.fedflow.party.Party;
import io.fedflow.transport.grpc.wire.AnswerReply;
import io.fedflow.transport.grpc.wire.Approval;
import io.fedflow.transport.grpc.wire.CheckApproval;
import io.fedflow.transport.grpc.wire.CheckInheritance;
import io.fedflow.transport.grpc.wire.CollectTasks;
import io.fedflow.transport.grpc.wire.Collected;
import io.fedflow.transport.grpc.wire.Inheritable;
import io.fedflow.transport.grpc.wire.QuestionRequest;
import java.util.Set;

/** Questions and answers on the wire. */
final class QuestionCodec {

  private QuestionCodec() {}

  static QuestionRequest write(Set<String> from, Party to, PartyQuestion question) {
    QuestionRequest.Builder request =
        QuestionRequest.newBuilder()
            .setProtocol(Protocol.VERSION)
            .addAllFrom(from)
            .setTo(IdentityCodec.write(to));
    if (question instanceof PartyQuestion.CollectTasks collect) {
      request.setCollectTasks(
          CollectTasks.newBuilder()
              .setJobId(collect.jobId())
              .addAllTasks(collect.tasks().stream().map(IdentityCodec::write).toList()));
    } else if (question instanceof PartyQuestion.CheckApproval approval) {
      request.setCheckApproval(CheckApproval.newBuilder().setJobId(approval.jobId()));
    } else {
      PartyQuestion.CheckInheritance check = (PartyQuestion.CheckInheritance) question;
      request.setCheckInheritance(
          CheckInheritance.newBuilder()
              .setJobId(check.jobId())
              .addAllComponents(check.components()));
    }
    return request.build();
  }

  /**
   * Reads a question.
   *
   * @throws IllegalArgumentException if a field is missing or malformed
   * @throws FedflowException {@code protocol.unknown_command} for one of a later release
   */
  static PartyQuestion read(QuestionRequest request) {
    return switch (request.getQuestionCase()) {
      case COLLECT_TASKS ->
          new PartyQuestion.CollectTasks(
              IdentityCodec.required("job id", request.getCollectTasks().getJobId()),
              request.getCollectTasks().getTasksList().stream().map(IdentityCodec::read).toList());
      case CHECK_INHERITANCE ->
          new PartyQuestion.CheckInheritance(
              IdentityCodec.required("job id", request.getCheckInheritance().getJobId()),
              request.getCheckInheritance().getComponentsList());
      case CHECK_APPROVAL ->
          new PartyQuestion.CheckApproval(
              IdentityCodec.required("job id", request.getCheckApproval().getJobId()));
      case QUESTION_NOT_SET ->
          throw FedflowException.peer(
              "protocol.unknown_command",
              "the request holds no question that "
                  + Protocol.SOFTWARE
                  + " knows; it may come from a later release: upgrade this site");
    };
  }

  static AnswerReply write(PartyAnswer answer) {
    AnswerReply.Builder reply = AnswerReply.newBuilder().setOutcome(FailureCodec.write(null));
    if (answer instanceof PartyAnswer.Collected collected) {
      reply.setCollected(
          Collected.newBuilder()
              .addAllReports(collected.reports().stream().map(CommandCodec::write).toList()));
    } else if (answer instanceof PartyAnswer.Approval approval) {
      reply.setApproval(
          Approval.newBuilder()
              .setPending(approval.pending())
              .setSince(approval.since())
              .setReason(approval.reason()));
    } else {
      PartyAnswer.Inheritable inheritable = (PartyAnswer.Inheritable) answer;
      reply.setInheritable(Inheritable.newBuilder().addAllComponents(inheritable.components()));
    }
    return reply.build();
  }

  static AnswerReply refusal(Throwable failure) {
    return AnswerReply.newBuilder().setOutcome(FailureCodec.write(failure)).build();
  }

  /**
   * Reads an answer.
   *
   * @throws FedflowException the party's refusal, or {@code protocol.malformed} for an answer to
   *     another question
   */
  static PartyAnswer read(PartyQuestion question, AnswerReply reply) {
    FailureCodec.read(reply.getOutcome());
    try {
      if (question instanceof PartyQuestion.CollectTasks && reply.hasCollected()) {
        return new PartyAnswer.Collected(
            reply.getCollected().getReportsList().stream().map(CommandCodec::read).toList());
      }
    } catch (IllegalArgumentException malformed) {
      throw FedflowException.peer("protocol.malformed", malformed.getMessage());
    }
    if (question instanceof PartyQuestion.CheckInheritance && reply.hasInheritable()) {
      return new PartyAnswer.Inheritable(reply.getInheritable().getComponentsList());
    }
    if (question instanceof PartyQuestion.CheckApproval && reply.hasApproval()) {
      return new PartyAnswer.Approval(
          reply.getApproval().getPending(),
          reply.getApproval().getSince(),
          reply.getApproval().getReason());
    }
    throw FedflowException.peer(
        "protocol.malformed",
        "the reply holds no answer to " + question.getClass().getSimpleName());
  }
}
