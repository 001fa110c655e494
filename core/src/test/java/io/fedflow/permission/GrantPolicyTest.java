package io.fedflow.permission;

import static io.fedflow.fakes.Plans.GUEST;
import static io.fedflow.fakes.Plans.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.dsl.JobPlan;
import io.fedflow.dsl.JobPlanner;
import io.fedflow.dsl.TableRef;
import io.fedflow.fakes.Await;
import io.fedflow.fakes.Blobs;
import io.fedflow.fakes.Fake;
import io.fedflow.fakes.Plans;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.spi.JobPolicy.Decision;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GrantPolicyTest {

  private final Blobs blobs = new Blobs();
  private final StoredPermissions permissions = new StoredPermissions(blobs);
  private final ComponentCatalog catalog =
      new ComponentCatalog(List.of(Fake.of("Step", context -> null)));
  private final GrantPolicy policy = new GrantPolicy(permissions, () -> catalog, Runnable::run);
  private final JobPlan plan = plan();

  private JobPlan plan() {
    Pipeline pipeline = Plans.two();
    pipeline.add("first", "Step");
    pipeline.add("second", "Step").data("first");
    return JobPlanner.plan(pipeline.compile(), catalog);
  }

  private String refused() {
    return Await.value(policy.decide(HOST, "j", plan)) instanceof Decision.Refuse refuse
        ? refuse.reason()
        : "";
  }

  @Test
  void everyComponentOfAnotherPartysJobMustBeGranted() {
    assertThat(refused()).isEqualTo("party " + GUEST.id() + " was not granted component Step");
    permissions.grant(HOST.id(), new Grants(Set.of("step"), Set.of()));
    assertThat(refused()).as("granted to somebody else").isNotEmpty();
    permissions.grant(GUEST.id(), new Grants(Set.of("step"), Set.of()));
    assertThat(refused()).isEmpty();
    permissions.revoke(GUEST.id(), new Grants(Set.of("step"), Set.of()));
    assertThat(refused()).isNotEmpty();
  }

  @Test
  void ownJobsNeedNoPermission() {
    assertThat(Await.value(policy.decide(GUEST, "j", plan))).isInstanceOf(Decision.Allow.class);
  }

  @Test
  void whatCannotBeLookedUpFails() {
    blobs.fail(new IOException("disk gone"));
    assertThat(Await.failure(policy.decide(HOST, "j", plan))).hasMessageContaining("disk gone");
  }

  @Test
  void grantsOfTablesAreExact() {
    Grants grants = new Grants(Set.of(), Set.of(new TableRef("ns", "t")));
    assertThat(grants.allows(new TableRef("ns", "t"))).isTrue();
    assertThat(grants.allows(new TableRef("ns", "tt"))).isFalse();
    assertThat(grants.allows(new TableRef("n", "st"))).isFalse();
  }
}
