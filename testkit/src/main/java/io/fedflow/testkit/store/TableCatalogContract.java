package io.fedflow.testkit.store;

import static io.fedflow.testkit.store.SameRows.assertSame;
import static io.fedflow.testkit.store.StoreRows.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fedflow.data.TableEntry;
import io.fedflow.spi.TableCatalog;
import io.fedflow.testkit.stage.Await;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The promises of {@link TableCatalog}. */
public abstract class TableCatalogContract extends StoresContract {

  @Test
  void C1_anEntry_isThereAfterARestart() throws Exception {
    Await.value(catalog().put(table("ns", "a", 10)));
    Await.value(catalog().put(table("ns", "b", 20)));
    Await.value(catalog().delete("ns", "a"));
    restart();
    assertSame(list("", 0, 10), List.of(table("ns", "b", 20)));
  }

  @Test
  void C2_putting_replacesAndGivesBackTheReplacedEntry() {
    TableEntry first = table("ns", "a", 10);
    TableEntry second = table("ns", "a", 20);
    assertThat(Await.value(catalog().put(first))).isEmpty();
    assertSame(Await.value(catalog().put(second)), first);
    assertSame(Await.value(catalog().find("ns", "a")), second);
    assertThat(list("ns", 0, 10)).hasSize(1);
  }

  @Test
  void C3_anEntry_isFoundUnderItsNamespaceAndName() {
    Await.value(catalog().put(table("ns", "a", 10)));
    assertSame(Await.value(catalog().find("ns", "a")), table("ns", "a", 10));
    assertThat(Await.value(catalog().find("ns", "A"))).isEmpty();
    assertThat(Await.value(catalog().find("other", "a"))).isEmpty();
  }

  @Test
  void C3_entries_comeNewestFirstInPages() {
    Await.value(catalog().put(table("n1", "a", 10)));
    Await.value(catalog().put(table("n1", "b", 30)));
    Await.value(catalog().put(table("n2", "c", 20)));
    assertThat(names("", 0, 10)).containsExactly("b", "c", "a");
    assertThat(names("", 1, 1)).containsExactly("c");
    assertThat(names("n1", 0, 10)).containsExactly("b", "a");
    assertThat(names("n3", 0, 10)).isEmpty();
  }

  @Test
  void C3_deleting_givesBackWhatWasThere() {
    Await.value(catalog().put(table("ns", "a", 10)));
    assertThat(Await.value(catalog().delete("ns", "b"))).isEmpty();
    assertSame(Await.value(catalog().delete("ns", "a")), table("ns", "a", 10));
    assertThat(Await.value(catalog().delete("ns", "a"))).isEmpty();
    assertThat(Await.value(catalog().find("ns", "a"))).isEmpty();
  }

  @Test
  void C3_aPageOutOfRange_isRefusedAtOnce() {
    assertThatIllegalArgumentException().isThrownBy(() -> catalog().list("", -1, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> catalog().list("", 0, 0));
  }

  private TableCatalog catalog() {
    return stores().tables();
  }

  private List<TableEntry> list(String namespace, int offset, int limit) {
    return Await.value(catalog().list(namespace, offset, limit));
  }

  private List<String> names(String namespace, int offset, int limit) {
    return list(namespace, offset, limit).stream().map(TableEntry::name).toList();
  }
}
