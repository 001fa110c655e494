package io.fedflow.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fedflow.spi.ServiceRegistry;
import io.fedflow.spi.SiteServer;
import io.fedflow.testkit.stage.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The promises of {@link ServiceRegistry}. */
public abstract class ServiceRegistryContract {

  private static final long NOW = 1_767_225_600_000L;
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final long END = NOW + LEASE.toMillis();

  /** The registry under test, the same at every call of a test; empty at the first. */
  protected abstract ServiceRegistry registry();

  /** A server that nobody announced so far. */
  private static SiteServer server(String id, long started) {
    return new SiteServer(id, "10.0.0.1", 9380, 9360, "fedflow/1", started);
  }

  private void announce(SiteServer server, long now) {
    Await.value(registry().announce(server, now, LEASE));
  }

  private List<SiteServer> live(long now) {
    return Await.value(registry().live(now));
  }

  @Test
  void G1_anAnnouncedServer_isListedAsAnnounced_untilItsLeaseEnds() {
    SiteServer server = new SiteServer("a.b-c_1", "höst::1", 0, 65_535, "x/1 ✓", NOW);
    assertThat(live(NOW)).isEmpty();

    announce(server, NOW);

    assertThat(live(NOW)).containsExactly(server);
    assertThat(live(END - 1)).containsExactly(server);
    assertThat(live(END)).isEmpty();
    assertThat(live(END + 1)).isEmpty();
  }

  @Test
  void G2_announcingAgain_replacesAndBeginsTheLeaseAnew() {
    announce(server("a", 1), NOW);
    SiteServer moved = new SiteServer("a", "10.0.0.2", 1, 2, "fedflow/2", 1);

    announce(moved, END - 1);

    assertThat(live(END + 1)).containsExactly(moved);
    assertThat(live(END - 1 + LEASE.toMillis())).isEmpty();
  }

  @Test
  void G2_aServerThatCameBackAfterItsLease_isListedAgain() {
    announce(server("a", 1), NOW);
    announce(server("a", 1), END + 1000);
    assertThat(live(END + 1000)).containsExactly(server("a", 1));
  }

  @Test
  void G3_aWithdrawnServer_isNotListed() {
    announce(server("a", 1), NOW);
    announce(server("b", 2), NOW);

    Await.value(registry().withdraw("a"));
    Await.value(registry().withdraw("a"));
    Await.value(registry().withdraw("nobody"));

    assertThat(live(NOW)).containsExactly(server("b", 2));
  }

  @Test
  void G4_servers_areListedByStartThenId() {
    announce(server("b", 2), NOW);
    announce(server("c", 1), NOW);
    announce(server("a", 2), NOW);
    announce(server("b", 2), NOW + 1);

    assertThat(live(NOW + 1)).containsExactly(server("c", 1), server("a", 2), server("b", 2));
  }

  @Test
  void G5_leases_areIndependent() {
    announce(server("a", 1), NOW);
    announce(server("b", 2), NOW + 10_000);
    assertThat(live(END)).containsExactly(server("b", 2));
    assertThat(live(END + 10_000)).isEmpty();
  }

  @Test
  void G6_aServerThatIsLongGone_isForgotten() {
    announce(server("a", 1), NOW);
    long later = END + ServiceRegistry.FORGOTTEN_AFTER.toMillis() + 1;

    announce(server("b", 2), later - 2);
    assertThat(live(NOW)).as("before it is long gone").contains(server("a", 1));
    announce(server("b", 2), later);

    // Seen from when it lived: it is not only over, it is not kept.
    assertThat(live(NOW)).containsExactly(server("b", 2));
  }

  @Test
  void G7_manyAtOnce_areAllListed() {
    List<CompletionStage<Void>> announced = new ArrayList<>();
    IntStream.range(0, 200)
        .parallel()
        .mapToObj(i -> registry().announce(server("s" + i, i), NOW, LEASE))
        .forEachOrdered(announced::add);
    announced.forEach(Await::value);
    assertThat(live(NOW))
        .hasSize(200)
        .isSortedAccordingTo(java.util.Comparator.comparingLong(SiteServer::started));
  }

  @Test
  void G1_aLeaseOutOfRange_isRefused() {
    for (Duration wrong :
        List.of(
            Duration.ZERO, Duration.ofMillis(-1), ServiceRegistry.LONGEST_LEASE.plusMillis(1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> registry().announce(server("a", 1), NOW, wrong))
          .withMessageContaining("lease");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> registry().announce(server("a", 1), -1, LEASE))
        .withMessageContaining("now");
  }
}
