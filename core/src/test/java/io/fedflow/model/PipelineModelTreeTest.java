package io.fedflow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.FedflowException;
import io.fedflow.fakes.Plans;
import io.fedflow.party.Parties;
import io.fedflow.party.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineModelTreeTest {

  private static final PipelineModel MODEL =
      new PipelineModel(
          "guest-1#host-2#model",
          "v1",
          Plans.HOST,
          Plans.GUEST,
          new Parties(Map.of(Role.GUEST, List.of("1"), Role.HOST, List.of("2"))),
          Map.of("components", Map.of("a", Map.of())),
          Map.of("dsl_version", 2),
          Map.of("components", Map.of()),
          PipelineModel.State.DEPLOYED,
          "v0",
          "guest-0#host-2#model",
          true,
          3,
          List.of("one", "two"),
          "notes",
          1_767_240_000_000L,
          1_767_240_000_001L);

  @Test
  void whatIsWritten_isRead() {
    assertThat(PipelineModelTree.read(PipelineModelTree.write(MODEL))).isEqualTo(MODEL);
  }

  @Test
  void everyField_isNamedWhenItIsMissingOrWrong() {
    Map<String, Object> tree = PipelineModelTree.write(MODEL);
    for (String field : tree.keySet()) {
      Map<String, Object> without = new LinkedHashMap<>(tree);
      without.remove(field);
      if (!field.equals("parent_model_id")) {
        assertDamaged(field, without);
      }
      Map<String, Object> wrong = new LinkedHashMap<>(tree);
      wrong.put(field, new Object());
      assertDamaged(field, wrong);
    }
    for (Map.Entry<String, Object> odd :
        Map.<String, Object>of(
                "state", "LOST",
                "initiator", "guest",
                "party_id", "../2",
                "services", List.of(1),
                "roles", Map.of("guest", List.of("1", "1")))
            .entrySet()) {
      Map<String, Object> wrong = new LinkedHashMap<>(tree);
      wrong.put(odd.getKey(), odd.getValue());
      assertDamaged(odd.getKey(), wrong);
    }
  }

  @Test
  void whatWasWrittenBeforeParentsHadModelIds_isRead() {
    Map<String, Object> old = new LinkedHashMap<>(PipelineModelTree.write(MODEL));
    old.remove("parent_model_id");
    assertThat(PipelineModelTree.read(old).parentModelId()).isEqualTo(MODEL.modelId());
    old.put("parent", "");
    assertThat(PipelineModelTree.read(old).parentModelId()).isEmpty();
  }

  private static void assertDamaged(String field, Map<String, Object> tree) {
    assertThatThrownBy(() -> PipelineModelTree.read(tree))
        .as(field)
        .isInstanceOfSatisfying(
            FedflowException.class, e -> assertThat(e.code()).isEqualTo("model.damaged"))
        .hasMessageContaining(field + ": ");
  }
}
