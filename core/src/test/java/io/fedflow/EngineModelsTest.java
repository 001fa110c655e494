package io.fedflow;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.component.TaskContext;
import io.fedflow.component.TaskOutputs;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.dsl.JobDocuments;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.ProblemsException;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.EngineStores;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Jobs;
import io.fedflow.fakes.Refusals;
import io.fedflow.fakes.Widened;
import io.fedflow.job.JobStatus;
import io.fedflow.job.PartyAnswer;
import io.fedflow.job.PartyCommand;
import io.fedflow.job.PartyQuestion;
import io.fedflow.model.CheckpointStep;
import io.fedflow.model.ComponentModel;
import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;
import io.fedflow.model.ModelMessage;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModelManager.Deployment;
import io.fedflow.model.PipelineModelManager.Distributed;
import io.fedflow.model.PipelineModelManager.Migration;
import io.fedflow.model.PipelineModelQuery;
import io.fedflow.party.Parties;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.PartyLink;
import io.fedflow.spi.Stores;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** From trainings over deployments to predictions. */
@Timeout(60)
class EngineModelsTest {

  private static final Deployment EVERYTHING = new Deployment(List.of(), Map.of());
  private static final MessageSchema WEIGHT =
      MessageSchema.builder("Weight")
          .one("weight", 1, Type.DOUBLE)
          .one("of", 2, Type.STRING)
          .build();

  private final Stores stores = EngineStores.fresh();
  private final List<String> ran = new CopyOnWriteArrayList<>();
  private volatile Party unreachable;
  private Fedflow site;

  /** Learns the sum of its values, or multiplies them by what it learned. */
  private TaskOutputs fit(TaskContext context) {
    ran.add(context.task().component());
    double[] values =
        context
            .inputs()
            .first("data")
            .or(() -> context.inputs().first("train_data"))
            .or(() -> context.inputs().first("test_data"))
            .orElseThrow()
            .numbers("x");
    if (context.inputs().model().isPresent()) {
      double weight = context.inputs().model().get().param().number("weight");
      return Jobs.output(values[0] * weight, values[1] * weight);
    }
    Map<String, Object> learned =
        Map.of(
            "weight",
            values[0] + values[1],
            "of",
            context.self().role() + "_" + context.self().id() + "_x");
    context.keepModel(
        3,
        "half",
        new ComponentModel(
            "any",
            "Fit",
            "model",
            Map.of("WeightParam", new ModelMessage(WEIGHT, Map.of("weight", 100.0)))));
    return TaskOutputs.of(
        Jobs.table(values),
        new ComponentModel(
            context.task().component(),
            "Fit",
            "model",
            Map.of("WeightParam", new ModelMessage(WEIGHT, learned))));
  }

  /** Reaches every party but one. */
  private PartyLink broken(PartyLink own) {
    return new PartyLink() {
      @Override
      public CompletionStage<Void> send(Party to, PartyCommand command) {
        return to.equals(unreachable)
            ? CompletableFuture.failedStage(
                new FedflowException(
                    FailureKind.UNAVAILABLE, "party.unreachable", to + " cannot be reached"))
            : own.send(to, command);
      }

      @Override
      public CompletionStage<PartyAnswer> ask(Party to, PartyQuestion question) {
        return own.ask(to, question);
      }
    };
  }

  @BeforeEach
  void start() {
    site =
        Fedflow.builder()
            .stores(stores)
            .components(
                new ComponentCatalog(
                    List.of(
                        Fake.of("Make", context -> Jobs.output(2, 3)), Fake.of("Fit", this::fit))))
            .links(
                (own, mailboxes) ->
                    new FedflowBuilder.Links(
                        broken(own), mailboxes, party -> !party.id().equals("77")))
            .build();
    site.data().store(StoreRequest.upload("demo", "train"), Jobs.table(2, 3));
    site.data().store(StoreRequest.upload("demo", "eval"), Jobs.table(10, 20));
  }

  @AfterEach
  void stop() {
    site.close();
  }

  private static Map<String, Object> component(String module, String input, String reference) {
    Map<String, Object> component = new LinkedHashMap<>();
    component.put("module", module);
    if (reference != null) {
      component.put("input", Map.of("data", Map.of(input, List.of(reference))));
    }
    component.put(
        "output",
        module.equals("Fit")
            ? Map.of("data", List.of("data"), "model", List.of("m"))
            : Map.of("data", List.of("data")));
    return component;
  }

  /** {@code make} feeds {@code first}, which feeds {@code second}. */
  private static JobDocuments training() {
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("make", component("Make", "data", null));
    components.put("first", component("Fit", "data", "make.data"));
    components.put("second", component("Fit", "train_data", "first.data"));
    return new JobDocuments(
        Map.of("components", components),
        Map.of(
            "dsl_version", 2,
            "initiator", Map.of("role", "guest", "party_id", 1),
            "role", Map.of("guest", List.of(1), "host", List.of(2)),
            "job_parameters", Map.of("common", Map.of("seed", 7)),
            "component_parameters", Map.of("common", Map.of("second", Map.of("note", "mine")))));
  }

  private static Map<String, Object> tables(String key, String name) {
    Map<String, Object> table = Map.of("namespace", "demo", "name", name);
    return Map.of("args", Map.of("data", Map.of(key, List.of(table))));
  }

  /** The same in version 1; {@code first} says whether it is to be deployed, or nothing. */
  private static JobDocuments trainingOfVersion1(Boolean needDeploy) {
    Map<String, Object> components = new LinkedHashMap<>();
    Map<String, Object> first = component("Fit", "data", "args.train_data");
    if (needDeploy != null) {
      first.put("need_deploy", needDeploy);
    }
    components.put("first", first);
    components.put("second", component("Fit", "train_data", "first.data"));
    return new JobDocuments(
        Map.of("components", components),
        Map.of(
            "initiator", Map.of("role", "guest", "party_id", 1),
            "role", Map.of("guest", List.of(1), "host", List.of(2)),
            "job_parameters", Map.of("work_mode", 0),
            "role_parameters",
                Map.of(
                    "guest", tables("train_data", "train"),
                    "host", tables("train_data", "train"))));
  }

  private String run(JobDocuments documents) {
    JobHandle handle = Await.value(site.submit(documents));
    assertThat(Await.value(handle.completion()).status()).isEqualTo(JobStatus.SUCCESS);
    return handle.jobId();
  }

  private String modelId(String jobId) {
    return Jobs.views(site, jobId).get(0).modelId();
  }

  private static JobDocuments predicting(String modelId, String version) {
    return new JobDocuments(
        Map.of(),
        Map.of(
            "dsl_version",
            2,
            "job_parameters",
            Map.of(
                "common",
                Map.of("job_type", "predict", "model_id", modelId, "model_version", version))));
  }

  private static JobDocuments predictingVersion1(String modelId, String version) {
    return new JobDocuments(
        Map.of(),
        Map.of(
            "job_parameters",
            Map.of("job_type", "predict", "model_id", modelId, "model_version", version),
            "role_parameters",
            Map.of("guest", tables("eval_data", "eval"), "host", tables("eval_data", "eval"))));
  }

  private double[] output(String jobId, String component) {
    var output =
        Await.value(site.tracking().outputs(Jobs.part(site, jobId, component, GUEST).task(), GUEST))
            .get(0);
    return site.data().read(output.namespace(), output.name()).numbers("x");
  }

  private Distributed deploy(String jobId, Deployment deployment) {
    Distributed made = Await.value(site.pipelineModels().deploy(modelId(jobId), jobId, deployment));
    assertThat(made.complete()).as(made.outcomes().toString()).isTrue();
    assertThat(made.modelVersion()).isNotEqualTo(jobId);
    return made;
  }

  private FedflowException refusal(CompletionStage<?> stage) {
    return Await.failure(stage);
  }

  @Test
  void aDeployedModel_predictsWithWhatItLearned() {
    String trained = run(training());
    Distributed made = deploy(trained, EVERYTHING);
    assertThat(made.outcomes()).isEqualTo(Map.of(GUEST, "", HOST, ""));
    ran.clear();
    String predicted = run(predicting(made.modelId(), made.modelVersion()));
    assertThat(ran).containsExactlyInAnyOrder("first", "first", "second", "second");
    // Both learned 2 + 3.
    assertThat(output(predicted, "second")).containsExactly(50, 75);
    assertThat(Jobs.part(site, predicted, "second", GUEST).params()).containsEntry("note", "mine");
    assertThat(Jobs.views(site, predicted).get(0).modelVersion()).isEqualTo(made.modelVersion());
  }

  @Test
  void aDeployment_isAVersionOfItsOwnAtEveryParty() {
    String trained = run(training());
    Distributed made = deploy(trained, new Deployment(List.of("make", "second"), Map.of()));
    for (Party party : List.of(GUEST, HOST)) {
      PipelineModel model =
          Await.value(site.pipelineModels().find(made.modelVersion(), party)).orElseThrow();
      assertThat(model.state()).isEqualTo(PipelineModel.State.DEPLOYED);
      assertThat(model.parent()).isEqualTo(trained);
      assertThat(model.predictDsl().toString())
          .contains("pipeline.second.m", "make.data")
          .doesNotContain("first");
      assertThat(site.models().load(made.modelVersion(), party, "second")).isPresent();
      assertThat(site.models().load(made.modelVersion(), party, "first")).isEmpty();
    }
    assertThat(output(run(predicting(made.modelId(), made.modelVersion())), "second"))
        .containsExactly(10, 15);
    assertThat(
            refusal(site.pipelineModels().deploy(made.modelId(), made.modelVersion(), EVERYTHING)))
        .satisfies(e -> assertThat(e.code()).isEqualTo("model.deployed"))
        .hasMessageContaining(trained);
  }

  @Test
  void aComponentMayPredict_asItWasAtAStep() {
    String trained = run(training());
    assertThat(site.models().checkpoints().list(trained, HOST, "second"))
        .singleElement()
        .satisfies(kept -> assertThat(kept.stepName()).isEqualTo("half"));
    List<String> both = List.of("make", "second");
    Distributed made =
        deploy(
            trained,
            new Deployment(both, Map.of(), Map.of("second", CheckpointStep.named("half"))));
    assertThat(output(run(predicting(made.modelId(), made.modelVersion())), "second"))
        .containsExactly(200, 300);
    Distributed missing =
        Await.value(
            site.pipelineModels()
                .deploy(
                    modelId(trained),
                    trained,
                    new Deployment(both, Map.of(), Map.of("second", CheckpointStep.at(9)))));
    assertThat(missing.outcomes().values()).allMatch(why -> why.contains("step 9"));
    assertThat(
            refusal(
                site.pipelineModels()
                    .deploy(
                        modelId(trained),
                        trained,
                        new Deployment(both, Map.of(), Map.of("x", CheckpointStep.at(3))))))
        .hasMessageContaining("components_checkpoint: found 'x'");
  }

  @Test
  void onePartyAlone_deploysAndLoadsItsOwnPart() {
    String trained = run(training());
    String model = modelId(trained);
    Deployment second = new Deployment(List.of("make", "second"), Map.of());
    PipelineModel made =
        Await.value(site.pipelineModels().deployAt(HOST, model, trained, "own-1", second));
    assertThat(made.party()).isEqualTo(HOST);
    assertThat(made.parent()).isEqualTo(trained);
    assertThat(Await.value(site.pipelineModels().find("own-1", GUEST))).isEmpty();
    assertThat(site.models().load("own-1", HOST, "second")).isPresent();
    // Asked again, it is the same; what is there already is not replaced by something else.
    assertThat(
            Await.value(site.pipelineModels().deployAt(HOST, model, trained, "own-1", second))
                .modelVersion())
        .isEqualTo("own-1");
    String other = run(training());
    assertThat(
            refusal(site.pipelineModels().deployAt(HOST, modelId(other), other, "own-1", second))
                .code())
        .isEqualTo("model.exists");
    assertThat(Await.value(site.pipelineModels().loadAt(HOST, model, "own-1")).loads())
        .isEqualTo(1);
    assertThat(refusal(site.pipelineModels().loadAt(HOST, model, trained)).code())
        .isEqualTo("model.not_deployed");
    assertThat(
            refusal(site.pipelineModels().loadAt(new Party(Role.HOST, "9"), model, "own-1")).code())
        .isEqualTo("model.unknown");
  }

  @Test
  void aCommandThatComesAgain_changesNothing() {
    String trained = run(training());
    Map<String, Object> dsl = Map.of("components", Map.of("second", Map.of("module", "Fit")));
    PartyCommand deploy = new PartyCommand.DeployModel("d1", modelId(trained), trained, dsl);
    Await.value(site.localParties().send(HOST, deploy));
    var before = Await.value(site.models().list("d1"));
    Await.value(site.localParties().send(HOST, deploy));
    assertThat(Await.value(site.models().list("d1"))).isEqualTo(before).hasSize(1);
    assertThat(Await.value(site.pipelineModels().find("d1", GUEST))).isEmpty();
  }

  @Test
  void aPartyThatCannotBeReached_isNamedAndItsPartMissing() {
    String trained = run(training());
    unreachable = HOST;
    Distributed made =
        Await.value(site.pipelineModels().deploy(modelId(trained), trained, EVERYTHING));
    assertThat(made.complete()).isFalse();
    assertThat(made.outcomes().get(GUEST)).isEmpty();
    assertThat(made.outcomes().get(HOST)).contains("host:2 cannot be reached");
    unreachable = null;
    assertThat(refusal(site.submit(predicting(made.modelId(), made.modelVersion()))))
        .hasMessageContaining("host:2")
        .hasMessageContaining(made.modelVersion());
  }

  @Test
  void whatCannotPredict_isRefused() {
    String trained = run(training());
    String model = modelId(trained);
    assertThat(refusal(site.submit(predicting(model, trained))))
        .satisfies(e -> assertThat(e.code()).isEqualTo("model.not_deployed"))
        .hasMessageContaining("model/deploy");
    assertThat(refusal(site.submit(predicting(model, "nope"))).code()).isEqualTo("model.unknown");
    Distributed made = deploy(trained, EVERYTHING);
    assertThat(refusal(site.submit(predicting("other", made.modelVersion()))))
        .hasMessageContaining("model_id: found other, allowed " + model);
    assertThat(
            refusal(
                site.pipelineModels()
                    .deploy(model, trained, new Deployment(List.of("third"), Map.of()))))
        .satisfies(e -> assertThat(e.code()).isEqualTo("component.unknown"))
        .hasMessageContaining("third");
    Map<String, Object> wrong =
        Map.of("components", Map.of("x", component("Nothing", "data", "y.data")));
    assertThat(
            refusal(site.pipelineModels().deploy(model, trained, new Deployment(List.of(), wrong))))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("dsl/components/x/module");
    assertThat(refusal(site.pipelineModels().load(model, trained)).code())
        .isEqualTo("model.not_deployed");
    assertThat(refusal(site.pipelineModels().bind(model, trained, "s")).code())
        .isEqualTo("model.not_deployed");
    assertThat(refusal(site.pipelineModels().bind(model, trained, " ")).code())
        .isEqualTo("model.service");
  }

  @Test
  void aDslOfItsOwn_mayHoldNewComponents() {
    String trained = run(training());
    Map<String, Object> components = new LinkedHashMap<>();
    components.put("fresh", component("Make", "data", null));
    components.put(
        "second",
        Map.of(
            "module", "Fit",
            "input",
                Map.of(
                    "data", Map.of("test_data", List.of("fresh.data")),
                    "model", List.of("pipeline.second.m")),
            "output", Map.of("data", List.of("data"))));
    Distributed made = deploy(trained, new Deployment(List.of(), Map.of("components", components)));
    assertThat(output(run(predicting(made.modelId(), made.modelVersion())), "second"))
        .containsExactly(10, 15);
  }

  @Test
  void version1_predictsAsNeedDeploySays() {
    for (Boolean flag : new Boolean[] {null, true}) {
      String trained = run(trainingOfVersion1(flag));
      String predicted = run(predictingVersion1(modelId(trained), trained));
      // Both learned 2 + 3.
      assertThat(output(predicted, "second")).as("%s", flag).containsExactly(250, 500);
    }
    String trained = run(trainingOfVersion1(false));
    String predicted = run(predictingVersion1(modelId(trained), trained));
    assertThat(output(predicted, "second")).containsExactly(50, 100);
    assertThat(Await.value(site.tracking().latest(predicted, "first", GUEST))).isEmpty();
    Distributed made = deploy(trained, new Deployment(List.of("first", "second"), Map.of()));
    assertThat(output(run(predictingVersion1(made.modelId(), made.modelVersion())), "second"))
        .containsExactly(250, 500);
  }

  @Test
  void version1_wantsTablesOfItsOwn() {
    String trained = run(trainingOfVersion1(null));
    JobDocuments silent =
        new JobDocuments(
            Map.of(),
            Map.of(
                "job_parameters",
                Map.of(
                    "job_type",
                    "predict",
                    "model_id",
                    modelId(trained),
                    "model_version",
                    trained)));
    assertThat(refusal(site.submit(silent))).hasMessageContaining("guest/args/data/eval_data");
  }

  @Test
  void loadsAndServices_areRecorded() {
    String trained = run(training());
    Distributed made = deploy(trained, EVERYTHING);
    Await.value(site.pipelineModels().load(made.modelId(), made.modelVersion()));
    Distributed again =
        Await.value(site.pipelineModels().load(made.modelId(), made.modelVersion()));
    assertThat(again.outcomes()).isEqualTo(Map.of(GUEST, "", HOST, ""));
    Await.value(site.pipelineModels().bind(made.modelId(), made.modelVersion(), "scores"));
    PipelineModel guest =
        Await.value(site.pipelineModels().find(made.modelVersion(), GUEST)).orElseThrow();
    assertThat(guest.loads()).isEqualTo(2);
    assertThat(guest.services()).containsExactly("scores");
    assertThat(
            Await.value(site.pipelineModels().find(made.modelVersion(), HOST))
                .orElseThrow()
                .loads())
        .isEqualTo(2);
  }

  @Test
  void whatIsDeleted_isGoneUntilItIsTakenIn() {
    String trained = run(training());
    PipelineModel model = Await.value(site.pipelineModels().find(trained, GUEST)).orElseThrow();
    ComponentModel first = site.models().load(trained, GUEST, "first").orElseThrow();
    ComponentModel second = site.models().load(trained, GUEST, "second").orElseThrow();
    Await.value(site.pipelineModels().delete(trained, GUEST));
    assertThat(Await.value(site.pipelineModels().find(trained, GUEST))).isEmpty();
    assertThat(site.models().load(trained, GUEST, "first")).isEmpty();
    assertThat(site.models().load(trained, HOST, "first")).isPresent();
    assertThat(
            Await.value(site.pipelineModels().list(PipelineModelQuery.ofVersion(trained))).stream()
                .map(PipelineModel::party))
        .containsExactly(HOST);
    assertThat(refusal(site.pipelineModels().delete(trained, GUEST)).code())
        .isEqualTo("model.unknown");

    PipelineModel taken = model.imported(trained, 5);
    site.pipelineModels()
        .take(
            taken,
            each -> {
              each.accept(first);
              each.accept(second);
            },
            false);
    assertThat(Await.value(site.pipelineModels().find(trained, GUEST))).contains(taken);
    Distributed made = deploy(trained, EVERYTHING);
    assertThat(output(run(predicting(made.modelId(), made.modelVersion())), "second"))
        .containsExactly(50, 75);

    Refusals.assertRefused(
        "model.exists", () -> site.pipelineModels().take(taken, each -> {}, false), "again");
    Refusals.assertRefused(
        "test.broken",
        () ->
            site.pipelineModels()
                .take(
                    taken,
                    each -> {
                      each.accept(first);
                      throw FedflowException.invalid("test.broken", "the rest is unreadable");
                    },
                    true),
        "a broken file");
    assertThat(Await.value(site.pipelineModels().find(trained, GUEST))).isEmpty();
    assertThat(site.models().load(trained, GUEST, "first")).isEmpty();
  }

  @Test
  void whatIsReplaced_leavesItsUse() {
    String trained = run(training());
    Distributed made = deploy(trained, EVERYTHING);
    String version = made.modelVersion();
    Await.value(site.pipelineModels().load(made.modelId(), version));
    PipelineModel used = Await.value(site.pipelineModels().find(version, GUEST)).orElseThrow();
    assertThat(used.loads()).isEqualTo(1);
    assertThat(site.models().size(version, GUEST)).isPositive();

    site.pipelineModels().take(used.imported(version, 5), each -> {}, true);

    PipelineModel replaced = Await.value(site.pipelineModels().find(version, GUEST)).orElseThrow();
    assertThat(replaced.imported()).isTrue();
    assertThat(replaced.loads()).isEqualTo(1);
    assertThat(site.models().size(version, GUEST)).as("nothing was taken in").isZero();
  }

  @Test
  void modelsOfPartiesElsewhere_areNotTakenIn() {
    String trained = run(training());
    PipelineModel model = Await.value(site.pipelineModels().find(trained, GUEST)).orElseThrow();
    Map<Role, List<String>> byRole = new LinkedHashMap<>();
    byRole.put(Role.GUEST, List.of("77"));
    byRole.put(Role.HOST, List.of("2"));
    Party elsewhere = Party.of("guest", "77");
    Migration migration = new Migration(new Parties(byRole), elsewhere, List.of(GUEST, HOST), "m1");
    Distributed made =
        Await.value(site.pipelineModels().migrate(model.modelId(), trained, migration));
    assertThat(made.complete()).as(made.outcomes().toString()).isTrue();
    assertThat(made.modelId()).isEqualTo("guest-77#host-2#model");
    PipelineModel moved = Await.value(site.pipelineModels().find("m1", elsewhere)).orElseThrow();
    assertThat(moved.initiator()).isEqualTo(elsewhere);
    assertThat(Widened.tree(moved.trainConf().get("role")))
        .isEqualTo(Map.of("guest", List.of(77L), "host", List.of(2L)));
    ComponentModel learned = site.models().load("m1", elsewhere, "first").orElseThrow();
    assertThat(learned.param().number("weight")).isEqualTo(5);
    assertThat(learned.param().text("of")).isEqualTo("guest_77_x");
    assertThat(site.models().load("m1", HOST, "first").orElseThrow().param().text("of"))
        .isEqualTo("host_2_x");
    Refusals.assertRefused(
        "model.party",
        () -> site.pipelineModels().take(moved, each -> {}, true),
        "a party of another site");
    assertThat(moved.parent()).isEqualTo(trained);
    assertThat(moved.parentModelId()).isEqualTo(model.modelId()).isNotEqualTo(moved.modelId());
  }
}
