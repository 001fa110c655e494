package io.fedflow.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is left out is bridged; what read or validated is not. */
class PredictDslTest {

  private static final Map<String, Object> TRAIN =
      Json.object(
          "{'components':{"
              + "'load_0':{'module':'Reader','output':{'data':['data']}},"
              + "'prep_0':{'module':'DataTransform','input':{'data':{'data':['load_0.data']}},"
              + "'output':{'data':['data'],'model':['model']},'provider':'fate'},"
              + "'split_0':{'module':'HeteroDataSplit','input':{'data':{'data':['prep_0.data']}},"
              + "'output':{'data':['train_data','validate_data']}},"
              + "'score':{'module':'HeteroLR','input':{'data':{"
              + "'train_data':['split_0.train_data'],'validate_data':['split_0.validate_data']},"
              + "'cache':['x.cache']},"
              + "'output':{'data':['data'],'model':['model']}},"
              + "'eval_0':{'module':'Evaluation','input':{'data':{'data':['score.data']}},"
              + "'output':{'data':['data']}}}}");

  @Test
  void leftOutComponents_areBridged() {
    assertThat(PredictDsl.derive(TRAIN, List.of("load_0", "prep_0", "score")))
        .isEqualTo(
            Json.object(
                "{'components':{"
                    + "'load_0':{'module':'Reader','output':{'data':['data']}},"
                    + "'prep_0':{'module':'DataTransform','input':{"
                    + "'model':['pipeline.prep_0.model'],'data':{'data':['load_0.data']}},"
                    + "'output':{'data':['data']}},"
                    + "'score':{'module':'HeteroLR','input':{'model':['pipeline.score.model'],"
                    + "'data':{'test_data':['prep_0.data']},'cache':['x.cache']},"
                    + "'output':{'data':['data']}}}}"));
  }

  @Test
  void leftOutReaders_leaveNoInput() {
    assertThat(PredictDsl.derive(TRAIN, List.of("prep_0")))
        .isEqualTo(
            Json.object(
                "{'components':{'prep_0':{'module':'DataTransform',"
                    + "'input':{'model':['pipeline.prep_0.model']},"
                    + "'output':{'data':['data']}}}}"));
  }

  @Test
  void circles_endTheSearch() {
    Map<String, Object> circle =
        Json.object(
            "{'components':{"
                + "'a':{'module':'M','input':{'data':{'data':['b.data']}}},"
                + "'b':{'module':'M','input':{'data':{'data':['a.data']}}},"
                + "'c':{'module':'M','input':{'data':{'data':['a.data']}}}}}");
    assertThat(PredictDsl.derive(circle, List.of("c")))
        .isEqualTo(Json.object("{'components':{'c':{'module':'M'}}}"));
  }

  @Test
  void allButReaders_areDeployable() {
    assertThat(PredictDsl.allButReaders(TRAIN))
        .containsExactly("prep_0", "split_0", "score", "eval_0");
  }

  private static Map<String, Object> userJob(String flags) {
    return Json.object(
        "{'components':{"
            + "'dataio_0':{'module':'DataIO','input':{'data':{'data':['args.train_data']}},"
            + "'output':{'data':['train'],'model':['dataio']},'need_deploy':true},"
            + "'binning_0':{'module':'HeteroFeatureBinning',"
            + "'input':{'data':{'data':['dataio_0.train']}},"
            + "'output':{'data':['train'],'model':['binning']}"
            + flags
            + "},"
            + "'lr_0':{'module':'HeteroLR','input':{'data':{'train_data':['binning_0.train']}},"
            + "'output':{'data':['train'],'model':['lr']}}}}");
  }

  private static final String DATAIO =
      "'dataio_0':{'module':'DataIO','input':{'model':['pipeline.dataio_0.dataio'],"
          + "'data':{'data':['args.eval_data']}},'output':{'data':['train']}},";

  private static String lr(String table) {
    return "'lr_0':{'module':'HeteroLR','input':{'model':['pipeline.lr_0.lr'],"
        + "'data':{'test_data':['"
        + table
        + "']}},'output':{'data':['train']}}";
  }

  @Test
  void needDeploy_absentOrTrue_keepsTheComponent() {
    for (String flags : List.of("", ",'need_deploy':true", ",'need_deploy':null")) {
      Map<String, Object> train = userJob(flags);
      assertThat(PredictDsl.needDeploy(train)).containsExactly("dataio_0", "binning_0", "lr_0");
      assertThat(PredictDsl.derive(train, PredictDsl.needDeploy(train)))
          .isEqualTo(
              Json.object(
                  "{'components':{"
                      + DATAIO
                      + "'binning_0':{'module':'HeteroFeatureBinning',"
                      + "'input':{'model':['pipeline.binning_0.binning'],"
                      + "'data':{'data':['dataio_0.train']}},'output':{'data':['train']}},"
                      + lr("binning_0.train")
                      + "}}"));
    }
  }

  @Test
  void needDeploy_false_passesTheTablesBy() {
    Map<String, Object> train = userJob(",'need_deploy':false");
    assertThat(PredictDsl.derive(train, PredictDsl.needDeploy(train)))
        .isEqualTo(Json.object("{'components':{" + DATAIO + lr("dataio_0.train") + "}}"));
    assertThat(PredictDsl.derive(train, List.of("lr_0")))
        .isEqualTo(Json.object("{'components':{" + lr("args.eval_data") + "}}"));
  }
}
