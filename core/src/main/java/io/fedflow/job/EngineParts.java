package io.fedflow.job;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.party.Party;
import io.fedflow.queue.JobEventBus;
import io.fedflow.queue.SlotLedger;
import io.fedflow.spi.JobPolicy;
import io.fedflow.spi.PartyLink;
import io.fedflow.spi.PeerWatch;
import io.fedflow.spi.Stores;
import io.fedflow.spi.Telemetry;
import io.fedflow.spi.Timers;
import io.fedflow.tracking.StoredTrackingManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * What the engine works with.
 *
 * @param stores where turns go
 * @param tracking receives log lines live
 * @param events delivers what was stored
 * @param slots who holds the slots of this site
 * @param runner runs tasks
 * @param link reaches every party, local ones included
 * @param here tells which parties live at this site
 * @param catalog the components of this site
 * @param clock the wall clock
 * @param executor runs turns; never blocked
 * @param timers runs delays
 * @param peerPatience how long a party may be unreachable before what it was asked fails
 * @param storePatience how long a turn may wait for a store that is down before the site fails
 * @param ignored remembers what changed nothing
 * @param policy decides about new jobs at parties of this site
 * @param telemetry is told what happens; never throws
 * @param blocking runs what blocks on stores
 * @param peers notices whether the sites of other parties answer
 */
public record EngineParts(
    Stores stores,
    StoredTrackingManager tracking,
    JobEventBus events,
    SlotLedger slots,
    TaskRunner runner,
    PartyLink link,
    Predicate<Party> here,
    ComponentCatalog catalog,
    InstantSource clock,
    Executor executor,
    Timers timers,
    Duration peerPatience,
    Duration storePatience,
    IgnoredEvents ignored,
    JobPolicy policy,
    Telemetry telemetry,
    Executor blocking,
    PeerWatch peers) {

  /** Keeps the trouble of the telemetry from the engine. */
  public EngineParts {
    telemetry = Telemetry.safe(telemetry);
  }
}
