package io.fedflow.fakes;

import io.fedflow.party.Party;
import io.fedflow.spi.PeerWatch;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Notices what a test says. Thread-safe. */
public final class HeldWatch implements PeerWatch {

  private record Open(Party party, Consumer<Optional<Silence>> told) {}

  private final List<Open> open = new CopyOnWriteArrayList<>();

  @Override
  public Watch watch(Party party, Consumer<Optional<Silence>> told) {
    Open watch = new Open(party, told);
    open.add(watch);
    return () -> open.remove(watch);
  }

  /** The parties that are watched. */
  public List<Party> watched() {
    return open.stream().map(Open::party).toList();
  }

  /** A site falls silent. */
  public void silent(Party party, long since, String failure) {
    tell(party, Optional.of(new Silence(since, failure)));
  }

  /** A site answers again. */
  public void back(Party party) {
    tell(party, Optional.empty());
  }

  private void tell(Party party, Optional<Silence> news) {
    open.stream()
        .filter(watch -> watch.party().equals(party))
        .forEach(watch -> watch.told().accept(news));
  }
}
