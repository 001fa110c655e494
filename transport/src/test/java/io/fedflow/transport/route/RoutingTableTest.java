package io.fedflow.transport.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutingTableTest {

  @Test
  void route_prefersThePartysOwnAddress() {
    SiteAddress own = new SiteAddress("host.example", 9370);
    SiteAddress relay = new SiteAddress("relay.example", 9371);
    RoutingTable routing =
        new RoutingTable(Map.of("10000", Route.to(own)), Optional.of(Route.to(relay)));

    assertThat(routing.route("10000")).contains(Route.to(own));
    assertThat(routing.route("10001")).contains(Route.to(relay));
    assertThat(RoutingTable.of(Map.of()).route("10000")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"host.example:9370", "127.0.0.1:1", "[::1]:65535"})
  void address_readsWhatItWrites(String text) {
    assertThat(SiteAddress.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", "host:", ":9370", "host:0", "host:65536", "host:x", "::1:80"})
  void address_refusesWhatIsNone(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SiteAddress.parse(text));
  }
}
