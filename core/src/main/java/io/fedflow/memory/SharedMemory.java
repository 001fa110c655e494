package io.fedflow.memory;

import io.fedflow.spi.SiteInstances;
import io.fedflow.spi.StoreRules;
import io.fedflow.spi.StoreTurn;
import io.fedflow.spi.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Stores in memory that several instances of a site share, as servers share a database: for trials
 * of several engines in one process. Thread-safe: one monitor is held for every write.
 */
public final class SharedMemory {

  private final Stores disk = MemoryStores.create();
  private final InstantSource clock;
  private final Map<String, Member> members = new HashMap<>();
  private final Map<String, String> owners = new HashMap<>();

  /**
   * Fresh and empty.
   *
   * @param clock tells when leases end
   */
  public SharedMemory(InstantSource clock) {
    this.clock = clock;
  }

  /** The stores as one instance sees them; closing them frees nothing. */
  public Stores open() {
    String id = UUID.randomUUID().toString();
    return new Stores(
        new FencedStores.Jobs(disk.jobs(), this, id),
        new FencedStores.Tracking(disk.tracking(), this, id),
        new FencedStores.Tables(disk.tables(), this, id),
        new FencedStores.Models(disk.models(), this, id),
        new FencedStores.Blobs(disk.blobs(), this, id),
        disk.servers(),
        new Instance(id),
        () -> {});
  }

  /** An instance that joined. */
  private static final class Member {
    private final Duration lease;
    private long leaseEnd;
    private boolean ended;
    private SiteInstances.Watcher watcher;

    private Member(Duration lease) {
      this.lease = lease;
    }
  }

  /** Writes for an instance, unless it was fenced; the write must be done when it returns. */
  synchronized <T> CompletionStage<T> guarded(String id, Supplier<CompletionStage<T>> write) {
    return isFenced(id) ? CompletableFuture.failedStage(StoreRules.fenced(id)) : write.get();
  }

  /** Writes a turn for an instance, which owns the job from its first turn on. */
  synchronized CompletionStage<Void> turn(
      String id, StoreTurn turn, Supplier<CompletionStage<Void>> write) {
    if (isFenced(id)) {
      return CompletableFuture.failedStage(StoreRules.fenced(id));
    }
    if (!members.containsKey(id) || !turn.begins()) {
      return write.get();
    }
    String owner = owners.getOrDefault(turn.jobId(), id);
    if (!owner.equals(id)) {
      return CompletableFuture.failedStage(StoreRules.owned(turn.jobId()));
    }
    return write.get().thenRun(() -> owners.put(turn.jobId(), id));
  }

  private boolean isFenced(String id) {
    Member member = members.get(id);
    return member != null && member.ended;
  }

  private boolean isGone(String id) {
    return members.get(id).ended;
  }

  private final class Instance implements SiteInstances {

    private final String id;

    private SiteInstances.Watcher watcher;

    private Instance(String id) {
      this.id = id;
    }

    @Override
    public void watch(Watcher given) {
      watcher = given;
    }

    @Override
    public boolean shared() {
      return true;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public CompletionStage<Void> join(Duration lease) {
      synchronized (SharedMemory.this) {
        Member self = new Member(lease);
        self.watcher = watcher;
        members.put(id, self);
        return renew().thenApply(done -> null);
      }
    }

    @Override
    public CompletionStage<Renewed> renew() {
      return guarded(
          id,
          () -> {
            Member self = members.get(id);
            self.leaseEnd = clock.millis() + self.lease.toMillis();
            return CompletableFuture.completedStage(
                new Renewed(clock.millis(), heirless(), nextEnd()));
          });
    }

    private boolean heirless() {
      return members.values().stream().anyMatch(m -> !m.ended && m.leaseEnd < clock.millis())
          || !orphans().isEmpty();
    }

    private long nextEnd() {
      return members.entrySet().stream()
          .filter(other -> !other.getKey().equals(id) && !other.getValue().ended)
          .mapToLong(other -> other.getValue().leaseEnd)
          .filter(end -> end >= clock.millis())
          .min()
          .orElse(Long.MAX_VALUE);
    }

    /** The others, each told on a thread of its own: none may hold the monitor. */
    private void tellOthers() {
      members.forEach(
          (other, member) -> {
            if (!other.equals(id) && !member.ended && member.watcher != null) {
              CompletableFuture.runAsync(member.watcher::jobsLeft);
            }
          });
    }

    private void fence(String other, Member member) {
      if (!other.equals(id) && !member.ended && member.leaseEnd < clock.millis()) {
        member.ended = true;
        if (watcher != null) {
          CompletableFuture.runAsync(() -> watcher.fenced(other));
        }
      }
    }

    private List<String> orphans() {
      return unfinished(job -> owners.containsKey(job) && isGone(owners.get(job)));
    }

    @Override
    public CompletionStage<List<String>> take(boolean fence) {
      return guarded(
          id,
          () -> {
            if (fence) {
              members.forEach(this::fence);
            }
            List<String> taken = orphans().stream().limit(MOST_TAKEN).toList();
            taken.forEach(job -> owners.put(job, id));
            if (taken.size() == MOST_TAKEN) {
              tellOthers();
            }
            return CompletableFuture.completedStage(taken);
          });
    }

    @Override
    public CompletionStage<List<String>> adopt() {
      return guarded(
          id,
          () -> {
            List<String> adopted = unfinished(job -> !owners.containsKey(job));
            adopted.forEach(job -> owners.put(job, id));
            return CompletableFuture.completedStage(adopted);
          });
    }

    @Override
    public CompletionStage<String> claim(String jobId) {
      return guarded(
          id,
          () -> {
            String owner = owners.get(jobId);
            // What is left unfinished is taken, by who goes on with it.
            if (owner == null || isGone(owner) && unfinished(jobId::equals).isEmpty()) {
              owners.put(jobId, id);
              owner = id;
            }
            return CompletableFuture.completedStage(owner);
          });
    }

    @Override
    public CompletionStage<Optional<String>> owner(String jobId) {
      synchronized (SharedMemory.this) {
        return CompletableFuture.completedStage(
            Optional.ofNullable(owners.get(jobId)).filter(owner -> !isGone(owner)));
      }
    }

    @Override
    public CompletionStage<Void> leave() {
      synchronized (SharedMemory.this) {
        Member self = members.get(id);
        if (self != null) {
          self.ended = true;
          tellOthers();
        }
        return CompletableFuture.completedStage(null);
      }
    }

    private List<String> unfinished(Predicate<String> which) {
      List<String> all = new ArrayList<>();
      // Completed already: they lie in memory.
      disk.jobs().unfinished().thenAccept(all::addAll);
      return all.stream().filter(which).toList();
    }
  }
}
