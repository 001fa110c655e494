package io.fedflow.testkit.store;

import static io.fedflow.testkit.store.StoreRows.GUEST;
import static io.fedflow.testkit.store.StoreRows.HOST;
import static io.fedflow.testkit.store.StoreRows.model;
import static io.fedflow.testkit.store.StoreRows.pipeline;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.model.ModelEntry;
import io.fedflow.model.PipelineModel;
import io.fedflow.model.PipelineModelQuery;
import io.fedflow.spi.ModelStore;
import io.fedflow.testkit.stage.Await;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The promises of {@link ModelStore}. */
public abstract class ModelStoreContract extends StoresContract {

  @Test
  void M1_anEntry_isThereAfterARestart() throws Exception {
    Await.value(store().put(model("v1", GUEST, "lr_0")));
    restart();
    assertThat(Await.value(store().list("v1"))).containsExactly(model("v1", GUEST, "lr_0"));
  }

  @Test
  void M2_putting_replacesTheEntryAndKeepsItsPlace() {
    ModelEntry first = model("v1", GUEST, "scale_0");
    ModelEntry second = model("v1", GUEST, "lr_0");
    ModelEntry replaced =
        new ModelEntry("other#model", "v1", GUEST, "scale_0", "FeatureScale", "m", "key", "d", 100);
    Await.value(store().put(first));
    Await.value(store().put(second));
    Await.value(store().put(replaced));
    assertThat(Await.value(store().list("v1"))).containsExactly(replaced, second);
  }

  @Test
  void M3_anEntry_isFoundByVersionPartyAndComponent() {
    Await.value(store().put(model("v1", GUEST, "lr_0")));
    Await.value(store().put(model("v1", HOST, "lr_0")));
    assertThat(Await.value(store().find("v1", HOST, "lr_0"))).contains(model("v1", HOST, "lr_0"));
    assertThat(Await.value(store().find("v2", HOST, "lr_0"))).isEmpty();
    assertThat(Await.value(store().find("v1", HOST, "lr_1"))).isEmpty();
    assertThat(Await.value(store().list("v2"))).isEmpty();
  }

  @Test
  void M1_aPipeline_isThereAfterARestart() throws Exception {
    Await.value(store().putPipeline(pipeline("v1", GUEST)));
    restart();
    assertThat(Await.value(store().findPipeline("v1", GUEST))).contains(pipeline("v1", GUEST));
  }

  @Test
  void M3_pipelines_areFoundByEveryColumnOfAQuery() {
    Await.value(store().putPipeline(pipeline("v1", GUEST)));
    Await.value(store().putPipeline(pipeline("v1", HOST)));
    Await.value(store().putPipeline(pipeline("v2", GUEST)));
    assertThat(Await.value(store().findPipeline("v2", HOST))).isEmpty();
    assertThat(pipelines(List.of(), List.of(), List.of(), List.of())).hasSize(3);
    assertThat(pipelines(List.of(), List.of("v1"), List.of(), List.of()))
        .containsExactly(pipeline("v1", GUEST), pipeline("v1", HOST));
    assertThat(pipelines(List.of(), List.of("v1", "v2"), List.of("guest"), List.of()))
        .containsExactly(pipeline("v1", GUEST), pipeline("v2", GUEST));
    assertThat(pipelines(List.of(), List.of(), List.of(), List.of(HOST.id())))
        .containsExactly(pipeline("v1", HOST));
    assertThat(pipelines(List.of("other#model"), List.of(), List.of(), List.of())).isEmpty();
  }

  @Test
  void M4_puttingAPipeline_replacesItAndKeepsItsPlace() {
    PipelineModel replaced = pipeline("v1", GUEST).loaded(200).bound("a service", 300);
    Await.value(store().putPipeline(pipeline("v1", GUEST)));
    Await.value(store().putPipeline(pipeline("v2", GUEST)));
    Await.value(store().putPipeline(replaced));
    assertThat(pipelines(List.of(), List.of(), List.of(), List.of()))
        .containsExactly(replaced, pipeline("v2", GUEST));
  }

  @Test
  void M5_removing_takesOneVersionAtOneParty() {
    Await.value(store().put(model("v1", GUEST, "scale_0")));
    Await.value(store().put(model("v1", GUEST, "lr_0")));
    Await.value(store().put(model("v1", HOST, "lr_0")));
    Await.value(store().put(model("v2", GUEST, "lr_0")));
    assertThat(Await.value(store().removeEntries("v1", GUEST)))
        .containsExactlyInAnyOrder(model("v1", GUEST, "scale_0"), model("v1", GUEST, "lr_0"));
    assertThat(Await.value(store().list("v1"))).containsExactly(model("v1", HOST, "lr_0"));
    assertThat(Await.value(store().list("v2"))).containsExactly(model("v2", GUEST, "lr_0"));
    assertThat(Await.value(store().removeEntries("v1", GUEST))).isEmpty();
  }

  private List<PipelineModel> pipelines(
      List<String> modelIds, List<String> versions, List<String> roles, List<String> partyIds) {
    return Await.value(
        store().pipelines(new PipelineModelQuery(modelIds, versions, roles, partyIds)));
  }

  private ModelStore store() {
    return stores().models();
  }
}
