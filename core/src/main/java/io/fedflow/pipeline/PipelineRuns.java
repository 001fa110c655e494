package io.fedflow.pipeline;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.spi.JobInvoker;
import io.fedflow.spi.JobInvoker.Deployed;
import io.fedflow.spi.JobInvoker.End;
import io.fedflow.spi.JobInvoker.Invoked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What a pipeline ran, and what runs it. What was accepted may be read from any thread. */
final class PipelineRuns {

  private volatile JobInvoker invoker;
  private volatile Invoked trained;
  private volatile Deployed deployed;
  private volatile Invoked predicted;

  void invoker(JobInvoker invoker) {
    this.invoker = invoker;
  }

  Optional<Invoked> trained() {
    return Optional.ofNullable(trained);
  }

  Optional<Deployed> deployed() {
    return Optional.ofNullable(deployed);
  }

  Optional<Invoked> predicted() {
    return Optional.ofNullable(predicted);
  }

  /** Takes over what an earlier process ran; each may be null. */
  void restore(Invoked trainedBefore, Deployed deployedBefore, Invoked predictedBefore) {
    trained = trainedBefore;
    deployed = deployedBefore;
    predicted = predictedBefore;
  }

  CompletionStage<End> train(Pipeline pipeline) {
    if (pipeline.trained().isPresent()) {
      throw new IllegalStateException("this pipeline predicts: call predict");
    }
    JobDocuments documents = pipeline.compile();
    return run(
        documents.dsl(), documents.conf(), pipeline.initiator(), accepted -> trained = accepted);
  }

  CompletionStage<Deployed> deploy(List<String> components) {
    if (trained == null) {
      throw new IllegalStateException("the pipeline was not fitted: call fit and wait for it");
    }
    return invoker()
        .deploy(trained.model(), components)
        .thenApply(
            model -> {
              deployed = model;
              return model;
            });
  }

  /** The model is deployed anew with the DSL of the prediction, unless that adds nothing to it. */
  CompletionStage<End> predict(PredictDocuments documents, Party initiator) {
    Deployed base = documents.deployed();
    CompletionStage<Deployed> model =
        documents.addsNothing()
            ? CompletableFuture.completedStage(base)
            : invoker().deployDsl(documents.trainedModel(), documents.dsl());
    return model.thenCompose(
        ready ->
            run(
                documents.dsl(),
                documents.conf(ready.model()),
                initiator,
                accepted -> predicted = accepted));
  }

  ComponentResults results(String component, Party party) {
    Invoked job = predicted != null ? predicted : trained;
    if (job == null) {
      throw new IllegalStateException("no job ran: call fit or predict and wait for it");
    }
    return new ComponentResults(invoker(), new JobInvoker.Part(job.jobId(), component, party));
  }

  private CompletionStage<End> run(
      Map<String, Object> dsl,
      Map<String, Object> conf,
      Party initiator,
      Consumer<Invoked> onAccepted) {
    JobInvoker runner = invoker();
    return runner
        .submit(dsl, conf)
        .thenCompose(
            accepted -> {
              onAccepted.accept(accepted);
              return runner
                  .completion(accepted.jobId(), initiator)
                  .thenApply(end -> checked(accepted.jobId(), end));
            });
  }

  private static End checked(String jobId, End end) {
    if (end.status() == JobStatus.FAILED || end.status() == JobStatus.TIMEOUT) {
      throw new FedflowException(
          FailureKind.PEER,
          "job.failed",
          "job "
              + jobId
              + " ended as "
              + end.status().text()
              + (end.cause().isEmpty() ? "" : ": " + end.cause()));
    }
    return end;
  }

  private JobInvoker invoker() {
    if (invoker == null) {
      throw new IllegalStateException("nothing runs this pipeline: call runWith");
    }
    return invoker;
  }
}
