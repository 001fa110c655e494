package io.fedflow.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.dsl.JobDocuments;
import io.fedflow.dsl.Json;
import io.fedflow.failure.Problem;
import io.fedflow.failure.ProblemsException;
import io.fedflow.fakes.Await;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.JobInvoker;
import io.fedflow.spi.JobInvoker.ModelVersion;
import io.fedflow.spi.JobInvoker.Part;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The documents of a training and of its prediction, compared with files. */
class PipelineGoldenTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");

  private final RecordingInvoker invoker = new RecordingInvoker();
  private final PipelineComponent transform =
      component("transform_0", "DataTransform", ComponentOutputs.DATA_AND_MODEL);
  private final PipelineComponent lr =
      component("lr_0", "HeteroLR", ComponentOutputs.DATA_AND_MODEL);

  private static PipelineComponent component(String name, String module, ComponentOutputs outputs) {
    PipelineComponent component = new PipelineComponent(name, module, outputs);
    component.provider(module.equals("Reader") ? "fate_flow" : "fate");
    return component;
  }

  private static Map<String, Object> table(String name) {
    return Map.of("name", name, "namespace", "ns");
  }

  private Pipeline training() {
    PipelineComponent reader = component("reader_0", "Reader", ComponentOutputs.DATA);
    reader.at(GUEST).set("table", table("tg"));
    reader.at(Role.HOST, "10000").set("table", table("th1"));
    reader.at(Role.HOST, "9998").set("table", table("th2"));
    transform.parameter("output_format", "dense");
    transform.at(Role.GUEST, "9999").set("with_label", true);
    transform.at(Role.HOST, "10000", "9998").set("with_label", false);
    PipelineComponent psi = component("psi_0", "Intersection", ComponentOutputs.DATA_AND_CACHE);
    psi.parameter("intersect_method", "rsa");
    PipelineComponent bin =
        component("bin_0", "HeteroFeatureBinning", ComponentOutputs.DATA_AND_MODEL);
    bin.parameter("bin_num", 5);
    bin.at(Role.HOST).set("bin_num", 3);
    lr.parameter("max_iter", 3);
    lr.parameter("init_param", Map.of("init_method", "zeros"));
    PipelineComponent again = component("lr_1", "HeteroLR", ComponentOutputs.DATA_AND_MODEL);
    PipelineComponent eval = component("eval_0", "Evaluation", ComponentOutputs.DATA);
    eval.parameter("eval_type", "binary");
    eval.at(Role.HOST).set("need_run", false);
    return new Pipeline()
        .setInitiator(Role.GUEST, "9999")
        .setRoles(List.of("9999"), List.of("10000", "9998"), List.of("10000"))
        .runWith(invoker)
        .addComponent(reader)
        .addComponent(transform, Data.of(reader.dataOutput()))
        .addComponent(psi, Data.of(transform.dataOutput()))
        .addComponent(bin, Data.of(psi.dataOutput()))
        .addComponent(lr, Data.train(bin.dataOutput()))
        .addComponent(again, Data.test(bin.dataOutput()), Model.of(lr.modelOutput()))
        .addComponent(eval, Data.of(lr.dataOutput(), again.dataOutput()));
  }

  private Pipeline fitted() {
    Pipeline pipeline = training();
    JobParameters parameters = new JobParameters().taskCores(2).timeout(600);
    parameters.at(Role.HOST, "9998").set("task_cores", 1);
    Await.value(pipeline.fit(parameters));
    return pipeline;
  }

  private Pipeline deployed() {
    invoker.deployedDsl = golden("deployed-dsl.json");
    Pipeline pipeline = fitted();
    Await.value(pipeline.deployComponent("transform_0", "psi_0", "bin_0", "lr_0"));
    return pipeline;
  }

  private Pipeline prediction(Pipeline base) {
    PipelineComponent reader = component("reader_1", "Reader", ComponentOutputs.DATA);
    reader.at(GUEST).set("table", table("pg"));
    reader.at(Role.HOST, "10000", "9998").set("table", table("ph"));
    PipelineComponent eval = component("eval_1", "Evaluation", ComponentOutputs.DATA);
    eval.parameter("eval_type", "binary");
    return new Pipeline()
        .runWith(invoker)
        .addComponent(reader)
        .addComponent(base, Data.predictInput(transform.dataInput("data"), reader.dataOutput()))
        .addComponent(eval, Data.of(lr.dataOutput()));
  }

  private static Map<String, Object> golden(String name) {
    return Json.resource(PipelineGoldenTest.class, name);
  }

  private static void assertSame(Map<String, Object> actual, String golden) {
    // Numbers of JSON have no width.
    assertThat(Numbers.wide(actual)).isEqualTo(Numbers.wide(golden(golden)));
  }

  @Test
  void training_isWhatFatesClientWrites() {
    JobDocuments compiled = training().compile();
    assertSame(compiled.dsl(), "train-dsl.json");
    fitted();
    assertSame(invoker.dsls.get(0), "train-dsl.json");
    assertSame(invoker.confs.get(0), "train-conf.json");
  }

  @Test
  void compiled_hasTheParametersSetBefore() {
    Map<String, Object> conf = training().jobParameter("seed", 7).compile().conf();
    assertThat(conf.get("job_parameters"))
        .isEqualTo(Map.of("common", Map.of("seed", 7, "job_type", "train")));
  }

  @Test
  void fit_mergesBackendModeAndResources() {
    Await.value(
        training()
            .jobParameter("seed", 7)
            .fit(new JobParameters().backend("EGGROLL").workMode(1).taskParallelism(4)));
    assertThat(invoker.confs.get(0).get("job_parameters"))
        .isEqualTo(
            Map.of(
                "common",
                Map.of(
                    "backend",
                    "EGGROLL",
                    "work_mode",
                    1,
                    "task_parallelism",
                    4,
                    "job_type",
                    "train")));
  }

  @Test
  void deployedDsl_isDerivedFromTheTrainingDsl() {
    assertSame(training().predictDsl("transform_0", "psi_0", "bin_0", "lr_0"), "deployed-dsl.json");
    assertThat(training().predictDsl().get("components"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsOnlyKeys("transform_0", "psi_0", "bin_0", "lr_0", "lr_1", "eval_0");
    assertThatThrownBy(() -> training().predictDsl("lr_9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lr_9");
  }

  @Test
  void deploy_namesModelAndComponents() {
    Pipeline pipeline = deployed();
    assertThat(invoker.deploys)
        .containsExactly(
            Map.of(
                "model",
                new ModelVersion(RecordingInvoker.MODEL, "job-1"),
                "components",
                List.of("transform_0", "psi_0", "bin_0", "lr_0")));
    assertThat(pipeline.deployed().orElseThrow().model().version()).isEqualTo("deployed-1");
    Await.value(pipeline.deployComponent());
    assertThat(invoker.deploys.get(1).toString()).contains("eval_0").doesNotContain("reader_0");
  }

  @Test
  void prediction_isWhatFatesClientWrites() {
    Pipeline prediction = prediction(deployed());
    Await.value(prediction.predict(new JobParameters().taskCores(3)));
    assertThat(invoker.deploys).hasSize(2);
    assertSame(dslOf(invoker.deploys.get(1)), "predict-dsl.json");
    assertSame(invoker.dsls.get(1), "predict-dsl.json");
    assertSame(invoker.confs.get(1), "predict-conf.json");
    assertThat(prediction.predictJob().orElseThrow().jobId()).isEqualTo("job-2");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> dslOf(Object deploy) {
    return (Map<String, Object>) ((Map<String, Object>) deploy).get("dsl");
  }

  @Test
  void predictionWithoutAdditions_needsNoSecondDeploy() {
    Pipeline prediction =
        new Pipeline().runWith(invoker).addComponent(deployed(), new Data.PredictInput(Map.of()));
    Await.value(prediction.predict(new JobParameters()));
    assertThat(invoker.deploys).hasSize(1);
    assertThat(invoker.confs.get(1).toString()).contains("model_version=deployed-1");
  }

  @Test
  void results_areThoseOfTheLastJobAtTheInitiator() {
    Pipeline training = deployed();
    ComponentResults results = training.results("lr_0");
    assertThat(Await.value(results.summary())).containsEntry("auc", 0.9);
    assertThat(Await.value(results.modelParameters())).containsEntry("weight", 1);
    assertThat(Await.value(results.outputTables()))
        .containsEntry("data", new JobInvoker.StoredTable("ns", "t"));
    assertThat(Await.value(results.outputData(3)).get("data").rows().get(0))
        .containsExactly("limit 3");
    assertThat(invoker.asked.subList(1, 5)).containsOnly(new Part("job-1", "lr_0", GUEST));
    Pipeline prediction = prediction(training);
    Await.value(prediction.predict(new JobParameters()));
    Await.value(prediction.results("lr_0").summary());
    assertThat(invoker.asked).last().isEqualTo(new Part("job-2", "lr_0", GUEST));
    assertThatThrownBy(() -> prediction.results("lr_9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lr_9");
  }

  @Test
  void illEnds_fail() {
    invoker.end = new JobInvoker.End(JobStatus.FAILED, "the host refused");
    assertThat(Await.failure(training().fit()))
        .hasMessageContaining("job job-1 ended as failed: the host refused");
    invoker.end = new JobInvoker.End(JobStatus.CANCELED, "");
    assertThat(Await.value(training().fit()).status()).isEqualTo(JobStatus.CANCELED);
  }

  @Test
  void whatIsMissing_isToldBeforeAnythingRuns() {
    assertThatThrownBy(() -> training().results("lr_0")).hasMessageContaining("fit");
    assertThatThrownBy(() -> training().deployComponent()).hasMessageContaining("fit");
    assertThatThrownBy(() -> training().predict(new JobParameters()))
        .hasMessageContaining("fitted pipeline");
    assertThatThrownBy(() -> prediction(fitted()).predict(new JobParameters()))
        .hasMessageContaining("deployComponent");
    assertThatThrownBy(() -> prediction(deployed()).fit()).hasMessageContaining("predict");
    assertThatThrownBy(() -> prediction(training()).compile()).hasMessageContaining("fit");
    assertThatThrownBy(() -> new Pipeline().party(Role.GUEST, "1").fit())
        .hasMessageContaining("runWith");
    assertThatThrownBy(() -> training().setInitiator(Role.HOST, "1").compile())
        .hasMessageContaining("host:1");
  }

  @Test
  void predictions_areCompiledBeforeTheyAreDeployed() {
    JobDocuments documents = prediction(fitted()).compile();
    assertThat(documents.conf().toString()).contains("model_version=job-1");
    assertThat(documents.dsl().toString()).contains("pipeline.lr_0.model");
  }

  @Test
  void namesAndInputsThatClash_areAllNamed() {
    PipelineComponent clash = component("lr_0", "Reader", ComponentOutputs.DATA);
    Pipeline prediction =
        new Pipeline()
            .runWith(invoker)
            .addComponent(clash)
            .addComponent(
                deployed(),
                new Data.PredictInput(
                    Map.of("nobody.data", "lr_0.data", "psi_0.data", "absent.data")));
    assertThatThrownBy(prediction::compile)
        .isInstanceOfSatisfying(
            ProblemsException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::found)
                    .containsExactlyInAnyOrder("lr_0", "nobody", "absent.data"));
  }

  @Test
  void referencesThatLeadNowhere_areAllNamed() {
    PipelineComponent eval = component("eval_9", "Evaluation", ComponentOutputs.DATA);
    Pipeline pipeline =
        training()
            .addComponent(
                eval,
                Data.of("lr_0.data", "lr_7.data", "eval_9.data"),
                Model.of("psi_0.model"),
                Cache.of("psi_0.cache"));
    assertThatThrownBy(pipeline::compile)
        .isInstanceOfSatisfying(
            ProblemsException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::pointer)
                    .containsExactly(
                        "dsl/components/eval_9/input/data/data/1",
                        "dsl/components/eval_9/input/data/data/2",
                        "dsl/components/eval_9/input/model/0"));
  }

  @Test
  void outputsThatAreNotDeclared_haveNoReference() {
    PipelineComponent reader = component("reader_0", "Reader", ComponentOutputs.DATA);
    assertThatThrownBy(reader::modelOutput).hasMessageContaining("reader_0");
    assertThatThrownBy(reader::cacheOutput).hasMessageContaining("reader_0");
    assertThatThrownBy(() -> reader.dataOutput("train_data")).hasMessageContaining("train_data");
    PipelineComponent loader =
        component("l", "ModelLoader", new ComponentOutputs(List.of(), true, false));
    assertThatThrownBy(loader::dataOutput).hasMessageContaining("puts out no table");
  }

  @Test
  void components_areKeptByNameInOrder() {
    assertThat(training().components())
        .containsOnlyKeys("reader_0", "transform_0", "psi_0", "bin_0", "lr_0", "lr_1", "eval_0")
        .containsEntry("lr_0", lr);
    assertThatThrownBy(() -> training().addComponent(lr))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lr_0");
  }
}
