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
import io.fedflow.spi.ModelAsked;
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
  void rolesAndCommandsAreFreeUntilTheyAreLimited() {
    permissions.grant(GUEST.id(), new Grants(Set.of("step"), Set.of()));
    assertThat(refused()).isEmpty();
    permissions.grant(GUEST.id(), limits(Limit.of(Set.of("host")), Limit.of(Set.of("run"))));
    assertThat(refused())
        .isEqualTo("party " + GUEST.id() + " was not granted command create, role guest");
    permissions.grant(GUEST.id(), limits(Limit.of(Set.of("guest")), Limit.NONE));
    assertThat(Await.value(policy.again(HOST, "j", plan)))
        .as("to run again is another command")
        .isInstanceOf(Decision.Allow.class);
    assertThat(refused()).isEqualTo("party " + GUEST.id() + " was not granted command create");
    permissions.grant(GUEST.id(), limits(Limit.NONE, Limit.of(Set.of(Grants.ALL))));
    assertThat(refused()).isEmpty();
    permissions.revoke(GUEST.id(), limits(Limit.NONE, Limit.of(Set.of("create"))));
    assertThat(refused()).contains("command create");
    assertThat(permissions.of(GUEST.id()).commands().names())
        .containsExactly("deploy", "load", "migrate", "run");
    permissions.revoke(GUEST.id(), limits(Limit.of(Set.of(Grants.ALL)), Limit.NONE));
    assertThat(refused()).contains("role guest");
  }

  private static Grants limits(Limit roles, Limit commands) {
    return new Grants(Set.of(), Set.of(), roles, commands);
  }

  @Test
  void modelsNeedComponentsAndTheCommand() {
    ModelAsked asked =
        new ModelAsked(ModelAsked.Command.DEPLOY, "m", "v", GUEST, plan.parties(), List.of("Step"));
    assertThat(Await.value(policy.about(HOST, asked)))
        .isEqualTo(Decision.refuse("party " + GUEST.id() + " was not granted component Step"));
    assertThat(Await.value(policy.about(GUEST, asked))).isInstanceOf(Decision.Allow.class);
    permissions.grant(GUEST.id(), new Grants(Set.of("step"), Set.of()));
    assertThat(Await.value(policy.about(HOST, asked))).isInstanceOf(Decision.Allow.class);
    permissions.revoke(GUEST.id(), limits(Limit.NONE, Limit.of(Set.of("deploy"))));
    assertThat(Await.value(policy.about(HOST, asked)))
        .isEqualTo(Decision.refuse("party " + GUEST.id() + " was not granted command deploy"));
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
