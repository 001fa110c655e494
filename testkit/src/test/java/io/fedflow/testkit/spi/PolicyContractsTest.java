package io.fedflow.testkit.spi;

import io.fedflow.dsl.TableRef;
import io.fedflow.permission.GrantPolicy;
import io.fedflow.permission.Grants;
import io.fedflow.permission.PermissionManager;
import io.fedflow.policy.JoinedPolicies;
import io.fedflow.policy.PolicyReader;
import io.fedflow.policy.SitePolicy;
import io.fedflow.policy.SitePolicyCheck;
import io.fedflow.spi.JobPolicy;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Nested;

/** Every policy that ships keeps the promises. */
class PolicyContractsTest {

  private static final Executor THREADS =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "policy-look-ups");
            thread.setDaemon(true);
            return thread;
          });

  private abstract static class InWorld extends WorldPolicyContract {

    final JobPolicy grants() {
      return new GrantPolicy(
          new PermissionManager() {
            @Override
            public Grants of(String partyId) {
              return world.lookedUp(
                  new Grants(Set.of("reader"), Set.of(new TableRef("bank", "clients"))));
            }

            @Override
            public void grant(String partyId, Grants more) {
              throw new UnsupportedOperationException();
            }

            @Override
            public void revoke(String partyId, Grants less) {
              throw new UnsupportedOperationException();
            }
          },
          () -> PolicyWorld.CATALOG,
          THREADS);
    }

    final JobPolicy rules() {
      SitePolicy policy =
          PolicyReader.read(
              Map.of(
                  "version",
                  1,
                  "rules",
                  List.of(
                      Map.of("name", "rows", "type", "min_rows", "rows", 10),
                      Map.of(
                          "name",
                          "tables",
                          "type",
                          "datasets",
                          "allow",
                          List.of(Map.of("tables", List.of("bank.clients")))))),
              PolicyWorld.CATALOG);
      return new SitePolicyCheck(
          () -> world.lookedUp(policy),
          () -> PolicyWorld.CATALOG,
          (at, table) -> CompletableFuture.completedStage(OptionalLong.of(10)),
          THREADS);
    }
  }

  @Nested
  class OfGrants extends InWorld {
    private final JobPolicy policy = grants();

    @Override
    protected JobPolicy policy() {
      return policy;
    }
  }

  @Nested
  class OfRules extends InWorld {
    private final JobPolicy policy = rules();

    @Override
    protected JobPolicy policy() {
      return policy;
    }
  }

  @Nested
  class OfBoth extends InWorld {
    private final JobPolicy policy = new JoinedPolicies(List.of(grants(), rules()));

    @Override
    protected JobPolicy policy() {
      return policy;
    }
  }

  @Nested
  class OfNone extends JobPolicyContract {
    @Override
    protected JobPolicy policy() {
      return JobPolicy.ALLOW_ALL;
    }

    @Override
    protected Asked welcome() {
      return PolicyWorld.reading("9999", "secret");
    }
  }
}
