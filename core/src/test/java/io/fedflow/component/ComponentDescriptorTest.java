package io.fedflow.component;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import io.fedflow.model.ComponentModel;
import io.fedflow.party.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComponentDescriptorTest {

  private static final ComponentDescriptor TREES = reading(Set.of());
  private static final ComponentDescriptor MEASURED = reading(Set.of("Bins", "Sums"));

  @Test
  void ownModels_byNameOrAlias_areRead() {
    for (String module : List.of("Trees", "FastTrees")) {
      assertThatCode(() -> TREES.requireModels(given(module))).doesNotThrowAnyException();
    }
    assertThatCode(() -> TREES.requireModels(TaskInputs.none())).doesNotThrowAnyException();
  }

  @Test
  void aModelOfAnotherModule_isNamedWithTheInputAndWhatIsAllowed() {
    assertThatThrownBy(() -> TREES.requireModels(given("Bins")))
        .isInstanceOf(FedflowException.class)
        .hasMessage(
            "Trees, input model: found made_0.model, which the module Bins made, allowed are models"
                + " of FastTrees, Trees")
        .extracting(failure -> ((FedflowException) failure).code())
        .isEqualTo("inputs.module");
  }

  @Test
  void modelsOfOthers_areThoseThatItDeclares() {
    assertThatCode(() -> MEASURED.requireModels(given(null, "Sums", "Bins")))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> MEASURED.requireModels(given(null, "Sums", "Trees")))
        .hasMessage(
            "Trees, input isometric_model: found made_0.model, which the module Trees made, allowed"
                + " are models of Bins, Sums");
  }

  @Test
  void whoReadsNoModelsOfOthers_leavesThemAside() {
    assertThatCode(() -> TREES.requireModels(given("Trees", "Sums"))).doesNotThrowAnyException();
  }

  private static ComponentDescriptor reading(Set<String> isometric) {
    return new ComponentDescriptor(
        "Trees",
        Set.of("FastTrees"),
        Set.of(Role.GUEST),
        ParameterSchema.builder().build(),
        List.of(),
        Map.of(),
        ComponentDescriptor.ParameterCheck.NONE,
        isometric);
  }

  private static TaskInputs given(String model, String... isometric) {
    return new TaskInputs(
        Map.of(),
        Optional.ofNullable(model).map(ComponentDescriptorTest::made),
        Arrays.stream(isometric).map(ComponentDescriptorTest::made).toList());
  }

  private static ComponentModel made(String module) {
    return new ComponentModel("made_0", module, "model", Map.of());
  }
}
