package io.fedflow.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.dsl.TableRef;
import io.fedflow.key.PartnerKeys;
import io.fedflow.key.StoredPartnerKeys;
import io.fedflow.model.ModelTags;
import io.fedflow.model.StoredModelTags;
import io.fedflow.permission.Grants;
import io.fedflow.permission.PermissionManager;
import io.fedflow.permission.StoredPermissions;
import io.fedflow.spi.Stores;
import io.fedflow.testkit.stage.Await;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What servers of one site keep together as small texts, permissions, tags and keys, while two of
 * them change it in the same moment: whatever one was told is done stays done.
 */
public abstract class SharedTextsContract {

  private static final int CHANGES = 20;
  private static final String PARTY = "10000";

  private final List<Stores> servers = new ArrayList<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  /** The same stores once more, as another process sees them; empty at the first call of a test. */
  protected abstract Stores open() throws Exception;

  @BeforeEach
  final void openTwice() throws Exception {
    for (int i = 0; i < 2; i++) {
      Stores stores = open();
      servers.add(stores);
      Await.value(stores.instances().join(Duration.ofHours(1)));
    }
  }

  @AfterEach
  final void closeAll() {
    threads.shutdownNow();
    servers.forEach(Stores::close);
  }

  /** What one server does. */
  private interface Work<T> {
    T at(int server, Stores stores) throws Exception;
  }

  /** Lets both do something at the same time; gives what each made of it. */
  private <T> List<T> both(Work<T> work) throws Exception {
    List<Callable<T>> all = new ArrayList<>();
    for (int server = 0; server < servers.size(); server++) {
      int at = server;
      all.add(() -> work.at(at, servers.get(at)));
    }
    List<T> made = new ArrayList<>();
    for (Future<T> done : threads.invokeAll(all)) {
      made.add(done.get());
    }
    return made;
  }

  private static Grants table(int server, int number) {
    return new Grants(Set.of(), Set.of(new TableRef("n", "t" + server + "_" + number)));
  }

  @Test
  void whatTwoServersGrantAndRevoke_isAllDone() throws Exception {
    PermissionManager before = new StoredPermissions(servers.get(0).blobs());
    for (int i = 0; i < CHANGES; i++) {
      before.grant(PARTY, table(7, i));
    }

    both(
        (server, stores) -> {
          PermissionManager permissions = new StoredPermissions(stores.blobs());
          for (int i = 0; i < CHANGES; i++) {
            permissions.grant(PARTY, table(server, i));
            if (i % 2 == server) {
              permissions.revoke(PARTY, table(7, i));
            }
          }
          return null;
        });

    Set<TableRef> expected = new LinkedHashSet<>();
    for (int i = 0; i < CHANGES; i++) {
      expected.addAll(table(0, i).tables());
      expected.addAll(table(1, i).tables());
    }
    assertThat(before.of(PARTY).tables()).containsExactlyInAnyOrderElementsOf(expected);

    both(
        (server, stores) -> {
          for (int i = 0; i < CHANGES; i++) {
            new StoredPermissions(stores.blobs()).revoke(PARTY, table(server, i));
          }
          return null;
        });
    assertThat(before.of(PARTY)).isEqualTo(Grants.NONE);
  }

  @Test
  void tagsOfTwoServers_areAllThere() throws Exception {
    both(
        (server, stores) -> {
          ModelTags tags = new StoredModelTags(stores.blobs());
          for (int i = 0; i < CHANGES; i++) {
            tags.create("tag" + server + "_" + i, "words");
            tags.add("version" + server, "tag" + server + "_" + i);
            tags.add("version" + server + "_" + i, "both");
          }
          tags.destroy("tag" + server + "_0");
          return null;
        });

    ModelTags tags = new StoredModelTags(servers.get(0).blobs());
    assertThat(tags.all()).hasSize(2 * (CHANGES - 1) + 1);
    assertThat(tags.versions("both")).hasSize(2 * CHANGES);
    for (int server = 0; server < servers.size(); server++) {
      assertThat(tags.of("version" + server)).hasSize(CHANGES - 1);
    }
  }

  @Test
  void aKeyThatTwoServersSaveOrForget_isNewOrForgottenOnce() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    List<String> pems = new ArrayList<>();
    for (int server = 0; server < servers.size(); server++) {
      byte[] key = generator.generateKeyPair().getPublic().getEncoded();
      pems.add(
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key)
              + "\n-----END PUBLIC KEY-----");
    }
    PartnerKeys keys = new StoredPartnerKeys(servers.get(0).blobs());
    for (int i = 0; i < CHANGES; i++) {
      assertThat(
              both(
                  (server, stores) ->
                      new StoredPartnerKeys(stores.blobs()).save(PARTY, pems.get(server))))
          .as("whether there was an earlier one")
          .containsExactlyInAnyOrder(true, false);
      assertThat(pems).contains(keys.find(PARTY).orElseThrow());
      assertThat(both((server, stores) -> new StoredPartnerKeys(stores.blobs()).delete(PARTY)))
          .as("whether there was one")
          .containsExactlyInAnyOrder(true, false);
      assertThat(keys.find(PARTY)).isEmpty();
    }
  }
}
