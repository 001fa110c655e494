package io.fedflow.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.failure.ProblemsException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PredictConfTest {

  private static final Map<String, Object> TRAIN =
      Json.object(
          "{'dsl_version':2,'initiator':{'role':'guest','party_id':1},"
              + "'role':{'guest':[1],'host':[2,3,4],'arbiter':[5]},"
              + "'job_parameters':{'common':{'job_type':'train','seed':7,'task_cores':3,"
              + "'inheritance_info':{'job_id':'x'}},'role':{'guest':{'0':{'user':'me'}}}},"
              + "'provider':{'common':{'lr':'fate'}},"
              + "'component_parameters':{"
              + "'common':{'lr':{'max_iter':3,'tol':1},'reader':{'table':'t'}},"
              + "'role':{'host':{'0':{'bin':{'n':3},'reader':{'table':'h'}},"
              + "'1|2':{'bin':{'n':5}},'all':{'bin':{'n':4}}},"
              + "'guest':{'0':{'reader':{'table':'g'}}}}}}");

  private static final Map<String, Object> TRAIN_V1 =
      Json.object(
          "{'initiator':{'role':'guest','party_id':1},'role':{'guest':[1],'host':[2,3]},"
              + "'job_parameters':{'work_mode':0,'seed':7},"
              + "'algorithm_parameters':{'lr':{'max_iter':3},'evaluation':{'eval_type':'b'}},"
              + "'role_parameters':{"
              + "'guest':{'args':{'data':{'train_data':[{'name':'a','namespace':'n'}]}},"
              + "'dataio':{'with_label':[true]}},"
              + "'host':{'args':{'data':{'train_data':[{'name':'b','namespace':'n'},"
              + "{'name':'c','namespace':'n'}]}},"
              + "'dataio':{'with_label':[false,true],'deep':{'x':[1,2]}}}}}");

  @Test
  void trainedParameters_stayUnderThoseOfThePrediction() {
    Map<String, Object> predict =
        Json.object(
            "{'job_parameters':{'common':{'job_type':'predict','model_version':'v'}},"
                + "'component_parameters':{'common':{'lr':{'tol':2}},"
                + "'role':{'host':{'0':{'new':{'a':1}}}}}}");
    assertThat(PredictConf.effective(TRAIN, predict, Set.of("lr", "bin", "new")))
        .isEqualTo(
            Json.object(
                "{'dsl_version':2,'initiator':{'role':'guest','party_id':1},"
                    + "'role':{'guest':[1],'host':[2,3,4],'arbiter':[5]},"
                    + "'job_parameters':{'common':{'job_type':'predict','model_version':'v',"
                    + "'task_cores':3}},"
                    + "'component_parameters':{"
                    + "'common':{'lr':{'max_iter':3,'tol':2}},"
                    + "'role':{'host':{'0':{'bin':{'n':3},'new':{'a':1}},"
                    + "'1|2':{'bin':{'n':5}},'all':{'bin':{'n':4}}}}}}"));
  }

  @Test
  void positions_followTheParties() {
    Map<String, Object> predict = Json.object("{'role':{'guest':[1],'host':[4,'2']}}");
    Map<String, Object> whole = PredictConf.effective(TRAIN, predict, Set.of("bin"));
    assertThat(whole.get("role")).isEqualTo(predict.get("role"));
    assertThat(whole.get("component_parameters"))
        .isEqualTo(
            Json.object(
                "{'common':{},'role':{'host':{"
                    + "'1':{'bin':{'n':3}},'0':{'bin':{'n':5}},'all':{'bin':{'n':4}}}}}"));
    assertThat(
            PredictConf.effective(TRAIN, Json.object("{'role':{'guest':[1]}}"), Set.of("bin"))
                .get("component_parameters"))
        .isEqualTo(Json.object("{'common':{},'role':{}}"));
  }

  @Test
  void partiesThatDidNotTrain_areNamed() {
    Map<String, Object> predict = Json.object("{'role':{'guest':[1],'host':[2,9],'judge':[6]}}");
    assertThatThrownBy(() -> PredictConf.effective(TRAIN, predict, Set.of()))
        .isInstanceOf(ProblemsException.class)
        .hasMessageContaining("conf/role/host")
        .hasMessageContaining("found 9; allowed some of [2, 3, 4]")
        .hasMessageContaining("conf/role/judge");
  }

  @Test
  void version1_keepsParametersAndLosesTables() {
    Map<String, Object> predict =
        Json.object(
            "{'role':{'guest':[1],'host':[3]},'job_parameters':{'job_type':'predict'},"
                + "'role_parameters':{'host':{'args':{'data':{'eval_data':["
                + "{'name':'e','namespace':'n'}]}}}}}");
    assertThat(PredictConf.effective(TRAIN_V1, predict, Set.of("lr", "dataio")))
        .isEqualTo(
            Json.object(
                "{'initiator':{'role':'guest','party_id':1},'role':{'guest':[1],'host':[3]},"
                    + "'job_parameters':{'work_mode':0,'job_type':'predict'},"
                    + "'algorithm_parameters':{'lr':{'max_iter':3}},"
                    + "'role_parameters':{'guest':{'dataio':{'with_label':[true]}},"
                    + "'host':{'dataio':{'with_label':[true],'deep':{'x':[2]}},"
                    + "'args':{'data':{'eval_data':[{'name':'e','namespace':'n'}]}}}}}"));
  }

  @Test
  void confsWithoutParameters_areFine() {
    assertThat(
            PredictConf.effective(
                Map.of("dsl_version", 2), Map.of("dsl_version", 2, "a", 1), Set.of("lr")))
        .isEqualTo(
            Json.object(
                "{'dsl_version':2,'a':1,'job_parameters':{'common':{}},"
                    + "'component_parameters':{'common':{},'role':{}}}"));
  }
}
