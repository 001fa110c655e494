package io.fedflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.model.MessageSchema.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelJsonTest {

  private static final MessageSchema INNER =
      MessageSchema.builder("Inner").one("bin_num", 1, Type.INT64).build();

  private static final MessageSchema OUTER =
      MessageSchema.builder("Outer")
          .one("best_iteration", 1, Type.INT32)
          .one("learning_rate", 2, Type.DOUBLE)
          .repeated("loss_history", 3, Type.DOUBLE)
          .one("first_part", 4, INNER)
          .repeated("other_parts", 5, INNER)
          .build();

  @Test
  void absentFields_haveTheirDefaults_absentMessagesAreLeftOut() {
    assertThat(ModelJson.tree(new ModelMessage(OUTER, Map.of())))
        .isEqualTo(
            Map.of(
                "bestIteration",
                0,
                "learningRate",
                0.0,
                "lossHistory",
                List.of(),
                "otherParts",
                List.of()));
  }

  @Test
  void messagesNest_longsAreTexts() {
    ModelMessage inner = new ModelMessage(INNER, Map.of("bin_num", 7L));
    assertThat(
            ModelJson.tree(
                new ModelMessage(
                    OUTER, Map.of("first_part", inner, "other_parts", List.of(inner)))))
        .containsEntry("firstPart", Map.of("binNum", "7"))
        .containsEntry("otherParts", List.of(Map.of("binNum", "7")));
  }
}
