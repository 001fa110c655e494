package io.fedflow.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.memory.MemoryServiceRegistry;
import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.SiteServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The registry in memory keeps every promise, and the contract finds those that do not. */
class MemoryServiceRegistryTest {

  @Nested
  class InMemory extends ServiceRegistryContract {
    private final ServiceRegistry registry = new MemoryServiceRegistry();

    @Override
    protected ServiceRegistry registry() {
      return registry;
    }
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(BrokenRegistries.NoLeaseEnds.class, "G1"),
        Arguments.of(BrokenRegistries.KeepsTheFirst.class, "G2"),
        Arguments.of(BrokenRegistries.WithdrawsNothing.class, "G3"),
        Arguments.of(BrokenRegistries.ListsBackwards.class, "G4"),
        Arguments.of(BrokenRegistries.OneLeaseForAll.class, "G5"),
        Arguments.of(BrokenRegistries.ForgetsNobody.class, "G6"),
        Arguments.of(BrokenRegistries.LosesSome.class, "G7"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void aBrokenRegistry_failsTheTestsOfThePromiseItBreaks(Class<?> contract, String promise) {
    assertThat(ContractRun.brokenPromises(contract)).contains(promise);
  }

  @Test
  void aServer_isCheckedFieldByField() {
    assertThatThrownBy(() -> new SiteServer("a b", "h", 1, 1, "s", 0))
        .hasMessageContainingAll("instance_id: found 'a b'", "1..64");
    assertThatThrownBy(() -> new SiteServer("a", " ", 1, 1, "s", 0)).hasMessageContaining("host:");
    assertThatThrownBy(() -> new SiteServer("a", "h", -1, 1, "s", 0))
        .hasMessageContaining("http_port: found '-1', allowed 0..65535");
    assertThatThrownBy(() -> new SiteServer("a", "h", 1, 65_536, "s", 0))
        .hasMessageContaining("grpc_port: found '65536'");
    assertThatThrownBy(() -> new SiteServer("a", "h", 1, 1, "s".repeat(101), 0))
        .hasMessageContaining("software:");
    assertThatThrownBy(() -> new SiteServer("a", "h", 1, 1, "s", -1))
        .hasMessageContaining("started:");
  }
}
