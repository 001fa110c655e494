package io.fedflow.components.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.fedflow.component.TaskInputs;
import io.fedflow.components.testing.ComponentJob;
import io.fedflow.components.testing.ComponentJobs;
import io.fedflow.components.testing.Failures;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Party;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Components that are given what another module learned say so, whatever it holds. */
class ModelsOfOtherModulesTest {

  private static final String OTHER = "OfAnotherModule";

  @TestFactory
  Stream<DynamicTest> everyComponent_refusesAModelOfAnotherModule() {
    return ComponentJobs.modules().stream()
        .filter(module -> !ComponentJobs.WITHOUT_JOB.contains(module))
        .map(ComponentJobs::of)
        .map(job -> dynamicTest(job.module(), () -> refuses(job)));
  }

  private static void refuses(ComponentJob job) {
    Map<Party, TaskInputs> inputs = new LinkedHashMap<>();
    job.parties()
        .restrictedTo(job.component().descriptor().roles())
        .all()
        .forEach(
            party -> {
              TaskInputs given = job.inputs().getOrDefault(party, TaskInputs.none());
              ComponentModel model = new ComponentModel("made_0", OTHER, "model", Map.of());
              inputs.put(
                  party, new TaskInputs(given.data(), Optional.of(model), given.isometric()));
            });
    Result result =
        new ComponentJob(job.component(), job.parties(), job.params(), inputs).harness().run();
    assertThat(result.outputs()).isEmpty();
    assertThat(result.rootFailure())
        .is(Failures.code("inputs.module"))
        .hasMessageContaining("input model")
        .hasMessageContaining("made_0.model")
        .hasMessageContaining(OTHER)
        .hasMessageContaining(job.module());
  }

  @Test
  void aSelection_refusesModelsThatNoFilterReads_andTakesAllOthers() {
    ComponentJob job = ComponentJobs.of("HeteroFeatureSelection");
    assertThat(
            withIsometric(job, model -> renamed(model, "HeteroLR")).harness().run().rootFailure())
        .is(Failures.code("inputs.module"))
        .hasMessageContaining("input isometric_model")
        .hasMessageContaining("HeteroLR")
        .hasMessageContaining("HeteroFeatureBinning");
    withIsometric(job, UnaryOperator.identity()).harness().run().succeeded();
  }

  /** FATE knows the component by two names, and so may a model that comes from there. */
  @Test
  void boostedTrees_goOnFromModelsOfBothTheirNames() {
    ComponentJob job = ComponentJobs.of("HeteroSecureBoost");
    ComponentJob applying = job.applying(job.harness().run().succeeded());
    Map<Party, TaskInputs> inputs = new LinkedHashMap<>();
    applying
        .inputs()
        .forEach(
            (party, given) ->
                inputs.put(
                    party,
                    new TaskInputs(
                        given.data(),
                        given.model().map(model -> renamed(model, "HeteroFastSecureBoost")),
                        List.of())));
    new ComponentJob(job.component(), job.parties(), job.params(), inputs)
        .harness()
        .run()
        .succeeded();
  }

  private static ComponentJob withIsometric(ComponentJob job, UnaryOperator<ComponentModel> last) {
    Map<Party, TaskInputs> inputs = new LinkedHashMap<>();
    job.inputs()
        .forEach(
            (party, given) -> {
              List<ComponentModel> models = new ArrayList<>(given.isometric());
              models.set(models.size() - 1, last.apply(models.get(models.size() - 1)));
              inputs.put(party, new TaskInputs(given.data(), given.model(), models));
            });
    return new ComponentJob(job.component(), job.parties(), job.params(), inputs);
  }

  private static ComponentModel renamed(ComponentModel model, String module) {
    return new ComponentModel(model.component(), module, model.alias(), model.messages());
  }
}
