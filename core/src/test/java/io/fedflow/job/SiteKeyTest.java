package io.fedflow.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskId;
import io.fedflow.failure.FedflowException;
import io.fedflow.memory.MemoryStores;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.spi.BlobStore;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class SiteKeyTest {

  private static final Party GUEST = new Party(Role.GUEST, "9999");
  private static final Party HOST = new Party(Role.HOST, "10000");
  private static final SecureRandom ENTROPY = new SecureRandom();

  private static TaskId task(String job, String component) {
    return new TaskId(job, component, 0);
  }

  @Test
  void key_isTheSameForARepetition_atAnyServerOfTheSite() {
    BlobStore shared = MemoryStores.create().blobs();
    byte[] one = new SiteKey(shared, ENTROPY).of(task("1", "lr_0"), GUEST, 7);
    assertThat(one).hasSize(32);
    assertThat(new SiteKey(shared, ENTROPY).of(task("2", "lr_0"), GUEST, 7)).isEqualTo(one);
  }

  @Test
  void key_isAnother_forAnotherSitePartyComponentOrSeed() {
    SiteKey key = new SiteKey(MemoryStores.create().blobs(), ENTROPY);
    byte[] one = key.of(task("1", "lr_0"), GUEST, 7);
    assertThat(key.of(task("1", "lr_0"), HOST, 7)).isNotEqualTo(one);
    assertThat(key.of(task("1", "lr_1"), GUEST, 7)).isNotEqualTo(one);
    assertThat(key.of(task("1", "lr_0"), GUEST, 8)).isNotEqualTo(one);
    SiteKey elsewhere = new SiteKey(MemoryStores.create().blobs(), ENTROPY);
    assertThat(elsewhere.of(task("1", "lr_0"), GUEST, 7)).isNotEqualTo(one);
  }

  @Test
  void aStoreThatFails_isToldByName() {
    SiteKey key = new SiteKey(new FailingBlobs(), ENTROPY);
    assertThatThrownBy(() -> key.of(task("1", "lr_0"), GUEST, 7))
        .isInstanceOfSatisfying(
            FedflowException.class, e -> assertThat(e.code()).isEqualTo("site-key.io"));
  }

  private static final class FailingBlobs implements BlobStore {
    @Override
    public void write(String key, Content content) throws IOException {
      throw new IOException("gone");
    }

    @Override
    public InputStream read(String key) throws IOException {
      throw new IOException("gone");
    }

    @Override
    public void delete(String key) throws IOException {
      throw new IOException("gone");
    }
  }
}
