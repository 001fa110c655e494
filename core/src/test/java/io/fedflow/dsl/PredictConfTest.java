package io.fedflow.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PredictConfTest {

  private static final Map<String, Object> TRAIN =
      Json.object(
          "{'role':{'guest':[1]},'component_parameters':{"
              + "'common':{'lr':{'max_iter':3,'tol':1},'reader':{'table':'t'}},"
              + "'role':{'host':{'0':{'bin':{'n':3},'reader':{'table':'h'}},"
              + "'all':{'bin':{'n':4}}},'guest':{'0':{'reader':{'table':'g'}}}}}}");

  @Test
  void trainedParameters_stayUnderThoseOfThePrediction() {
    Map<String, Object> predict =
        Json.object(
            "{'role':{'guest':[2]},'component_parameters':{'common':{'lr':{'tol':2}},"
                + "'role':{'host':{'0':{'new':{'a':1}}}}}}");
    assertThat(PredictConf.effective(TRAIN, predict, Set.of("lr", "bin", "new")))
        .isEqualTo(
            Json.object(
                "{'role':{'guest':[2]},'component_parameters':{"
                    + "'common':{'lr':{'max_iter':3,'tol':2}},"
                    + "'role':{'host':{'0':{'bin':{'n':3},'new':{'a':1}},"
                    + "'all':{'bin':{'n':4}}}}}}"));
  }

  @Test
  void confsWithoutParameters_areFine() {
    assertThat(PredictConf.effective(Map.of(), Map.of("a", 1), Set.of("lr")))
        .isEqualTo(
            Map.of("a", 1, "component_parameters", Map.of("common", Map.of(), "role", Map.of())));
  }
}
