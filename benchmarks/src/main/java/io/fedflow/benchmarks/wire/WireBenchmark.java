package io.fedflow.benchmarks.wire;

import io.fedflow.benchmarks.edge.Folders;
import io.fedflow.identity.LiveIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Commands and payloads between two sites over loopback, without and with TLS, at 1 and 64 senders,
 * each beside bare Vert.x gRPC that moves the same bytes in the same run: round by round in turn,
 * and what is printed is the median of the rounds' ratios.
 *
 * <p>Arguments say what to measure, default all: {@code plain}, {@code tls}, {@code commands},
 * {@code 64K}, {@code 1M}, {@code 100M}. {@code -Dfedflow.wire.memory=MiB} is the memory in which
 * messages wait at the receiver, default a server's 256; {@code -Dfedflow.wire.rounds} how many
 * rounds count, default 5.
 */
public final class WireBenchmark {

  private static final int[] SENDERS = {1, 64};
  private static final int COMMANDS = 4000;
  private static final int WARM_UPS = 2;
  private static final int ROUNDS = Integer.getInteger("fedflow.wire.rounds", 5);
  private static final long MEMORY = Long.getLong("fedflow.wire.memory", 256) << 20;
  private static final Map<String, Integer> SIZES =
      Map.of("64K", 64 << 10, "1M", 1 << 20, "100M", 100 << 20);
  private static final List<String> SIZE_NAMES = List.of("64K", "1M", "100M");

  private final Set<String> wanted;
  private final Path folder;
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final AtomicInteger numbers = new AtomicInteger();

  private WireBenchmark(Set<String> wanted, Path folder) {
    this.wanted = wanted;
    this.folder = folder;
  }

  /** Prints a line for each measurement. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("fedflow-wire");
    WireBenchmark benchmark = new WireBenchmark(Set.copyOf(Arrays.asList(arguments)), folder);
    try {
      benchmark.run();
    } finally {
      benchmark.pool.shutdownNow();
      Folders.delete(folder);
    }
  }

  private boolean wants(String name, List<String> alternatives) {
    return wanted.contains(name) || alternatives.stream().noneMatch(wanted::contains);
  }

  private void run() throws Exception {
    for (String security : List.of("plain", "tls")) {
      if (wants(security, List.of("plain", "tls"))) {
        measure(security);
      }
    }
  }

  private void measure(String security) throws Exception {
    Optional<Function<String, LiveIdentity>> identities = Optional.empty();
    if (security.equals("tls")) {
      Consortium consortium = new Consortium(Files.createDirectory(folder.resolve("consortium")));
      Map<String, LiveIdentity> made = new HashMap<>();
      for (String party : List.of("9999", "10000")) {
        made.put(party, consortium.site(party));
      }
      identities = Optional.of(made::get);
    }
    List<String> all = List.of("commands", "64K", "1M", "100M");
    try (End fedflow = new FedflowEnd(identities, folder.resolve("spilled-" + security), MEMORY);
        End bare = new BareEnd(identities)) {
      if (wants("commands", all)) {
        System.out.printf(
            "%-6s %-9s %7s %9s %9s %9s %9s %7s %7s %9s%n",
            "", "", "senders", "p50 us", "bare", "p99 us", "bare", "p50 x", "p99 x", "cpu x");
        for (int senders : SENDERS) {
          commands(security, fedflow, bare, senders);
        }
      }
      System.out.printf(
          "%-6s %-9s %7s %9s %9s %9s %9s%n",
          "", "payloads", "senders", "MB/s", "bare", "of bare", "cpu x");
      for (String size : SIZE_NAMES) {
        if (wants(size, all)) {
          for (int senders : SENDERS) {
            payloads(security, size, fedflow, bare, senders);
          }
        }
      }
    }
  }

  private void commands(String security, End fedflow, End bare, int senders) throws Exception {
    List<Round[]> rounds =
        rounds(
            fedflow,
            bare,
            senders,
            COMMANDS * (senders == 1 ? 1 : 4),
            (end, t, n) -> end.command(t));
    System.out.printf(
        Locale.ROOT,
        "%-6s %-9s %7d %9.0f %9.0f %9.0f %9.0f %7.2f %7.2f %9.2f%n",
        security,
        "commands",
        senders,
        median(rounds, pair -> pair[0].micros(0.5)),
        median(rounds, pair -> pair[1].micros(0.5)),
        median(rounds, pair -> pair[0].micros(0.99)),
        median(rounds, pair -> pair[1].micros(0.99)),
        median(rounds, pair -> pair[0].micros(0.5) / pair[1].micros(0.5)),
        median(rounds, pair -> pair[0].micros(0.99) / pair[1].micros(0.99)),
        median(rounds, pair -> pair[0].cpuSeconds() / pair[1].cpuSeconds()));
  }

  private void payloads(String security, String size, End fedflow, End bare, int senders)
      throws Exception {
    byte[] bytes = new byte[SIZES.get(size)];
    new Random(senders).nextBytes(bytes);
    // About 500 MB a round, and at least one for every sender.
    int count = Math.max(senders, (500 << 20) / Math.max(bytes.length, 256 << 10));
    List<Round[]> rounds =
        rounds(
            fedflow,
            bare,
            senders,
            count,
            (end, t, n) -> end.payload(numbers.incrementAndGet(), bytes));
    double megabytes = bytes.length / 1e6;
    System.out.printf(
        Locale.ROOT,
        "%-6s %-9s %7d %9.0f %9.0f %8.0f%% %9.2f%n",
        security,
        size,
        senders,
        median(rounds, pair -> pair[0].rate()) * megabytes,
        median(rounds, pair -> pair[1].rate()) * megabytes,
        100 * median(rounds, pair -> pair[0].rate() / pair[1].rate()),
        median(rounds, pair -> pair[0].cpuSeconds() / pair[1].cpuSeconds()));
  }

  private interface Sent {
    void by(End end, int thread, int number) throws Exception;
  }

  /** Pairs of rounds, ours first; who begins changes, so that a change of the load meets both. */
  private List<Round[]> rounds(End fedflow, End bare, int senders, int count, Sent sent)
      throws InterruptedException {
    List<Round[]> pairs = new ArrayList<>();
    for (int round = -WARM_UPS; round < ROUNDS; round++) {
      Round[] pair = new Round[2];
      for (int turn = 0; turn < 2; turn++) {
        int which = (turn + round) & 1;
        End end = which == 0 ? fedflow : bare;
        pair[which] = Round.of(pool, senders, count, (t, n) -> sent.by(end, t, n));
      }
      if (round >= 0) {
        pairs.add(pair);
      }
    }
    return pairs;
  }

  private static double median(List<Round[]> rounds, ToDoubleFunction<Round[]> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
