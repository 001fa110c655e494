package io.fedflow.testkit.store;

import static io.fedflow.testkit.store.StoreRows.GUEST;
import static io.fedflow.testkit.store.StoreRows.HOST;
import static io.fedflow.testkit.store.StoreRows.model;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.model.ModelEntry;
import io.fedflow.spi.ModelStore;
import io.fedflow.testkit.stage.Await;
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

  private ModelStore store() {
    return stores().models();
  }
}
