package io.fedflow.server.cli;

import io.fedflow.failure.FedflowException;
import io.fedflow.job.JobStatus;
import io.fedflow.pipeline.JobParameters;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.JobInvoker;
import io.fedflow.transport.client.RemoteJobInvoker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fedflow flow test min}. */
@Command(
    name = "min",
    description = {
      "Trains, deploys and predicts on tables that are at the parties already:",
      "breast_hetero_guest and breast_hetero_host in the namespace experiment, or with -t normal",
      "default_credit_hetero_guest and default_credit_hetero_host."
    })
final class FlowMinCommand implements Callable<Integer> {

  private static final Duration PAUSE = Duration.ofMillis(500);
  private static final long JOB_SECONDS = 3600;

  @Spec private CommandSpec spec;
  @Mixin private ServerAddress server;
  @Mixin private Console console;
  @Mixin private GuestAndHost parties;

  @Option(
      names = {"-aid", "--arbiter-party-id"},
      required = true,
      description = "the arbiter's party id")
  private String arbiter;

  @Option(
      names = {"-t", "--data-type"},
      defaultValue = "fast",
      paramLabel = "fast|normal",
      description = "small or large tables, default ${DEFAULT-VALUE}")
  private String dataType;

  @Option(
      names = "--sbt",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "test boosted trees, too; on by default")
  private boolean sbt;

  @Option(
      names = {"-o", "--output-path"},
      defaultValue = "logs/min",
      description = "the folder for the jobs' documents and predictions, default ${DEFAULT-VALUE}")
  private Path output;

  @Override
  public Integer call() {
    MinTables tables = tables();
    List<MinTraining> trainings = new ArrayList<>();
    trainings.add(MinTraining.regression(tables));
    if (sbt) {
      trainings.add(MinTraining.trees(tables));
    }
    List<Map<String, Object>> results = new ArrayList<>();
    boolean good = true;
    for (MinTraining training : trainings) {
      Map<String, Object> result = result(training, tables);
      results.add(result);
      good &= Boolean.TRUE.equals(result.get("good"));
    }
    console.result(Map.of("good", good, "results", results));
    return good ? 0 : 1;
  }

  private MinTables tables() {
    return switch (dataType) {
      case "fast" -> MinTables.small(parties.guest(), parties.host(), arbiter);
      case "normal" -> MinTables.large(parties.guest(), parties.host(), arbiter);
      default ->
          throw new ParameterException(
              spec.commandLine(), "-t: found '" + dataType + "', allowed one of [fast, normal]");
    };
  }

  /** A refusal ends this training only. */
  private Map<String, Object> result(MinTraining test, MinTables tables) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("component", test.component());
    result.put("good", false);
    try {
      run(test, tables, result);
    } catch (FedflowException refused) {
      result.put("cause", refused.getMessage());
      console.say(test.component() + ": " + refused.getMessage());
    }
    return result;
  }

  private void run(MinTraining test, MinTables tables, Map<String, Object> result) {
    JobInvoker invoker = new RemoteJobInvoker(server.flow(), output, PAUSE);
    Pipeline training = test.pipeline().runWith(invoker);
    console.say(test.component() + ": training");
    JobInvoker.End trained = done(training.fit(new JobParameters().timeout(JOB_SECONDS)));
    result.put("train_job", training.trainJob().orElseThrow().jobId());
    if (!ended(test, "training", training.trainJob().orElseThrow(), trained, result)) {
      return;
    }
    Map<String, Object> summary = done(training.results(MinTraining.EVALUATION).summary());
    double auc = new Tree(summary).at(test.component(), "train", "auc").number();
    boolean good = auc >= tables.leastAuc();
    result.put("auc", auc);
    console.say(
        String.format(
            Locale.ROOT,
            "%s: AUC %.4f%s",
            test.component(),
            auc,
            good ? "" : ", which is below the expected " + tables.leastAuc()));
    done(training.deployComponent(test.deployed()));
    Pipeline prediction = test.prediction(training).runWith(invoker);
    console.say(test.component() + ": predicting");
    JobInvoker.End predicted = done(prediction.predict(new JobParameters().timeout(JOB_SECONDS)));
    if (!ended(test, "prediction", prediction.predictJob().orElseThrow(), predicted, result)) {
      return;
    }
    int rows =
        done(prediction.results(test.component()).outputData(-1)).values().stream()
            .mapToInt(output -> output.rows().size())
            .sum();
    console.say(test.component() + ": " + rows + " predictions");
    result.put("predictions", rows);
    result.put("good", good && rows > 0);
  }

  private boolean ended(
      MinTraining test,
      String what,
      JobInvoker.Invoked job,
      JobInvoker.End end,
      Map<String, Object> result) {
    if (end.status() == JobStatus.SUCCESS) {
      return true;
    }
    String words = what + " job " + job.jobId() + " ended as " + end.status() + ": " + end.cause();
    console.say(test.component() + ": " + words);
    result.put("cause", words);
    return false;
  }

  private static <T> T done(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }
}
