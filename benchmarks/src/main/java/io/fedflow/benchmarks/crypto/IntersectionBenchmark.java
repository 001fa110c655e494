package io.fedflow.benchmarks.crypto;

import com.sun.management.OperatingSystemMXBean;
import io.fedflow.Fedflow;
import io.fedflow.JobHandle;
import io.fedflow.components.crypto.ComputePool;
import io.fedflow.components.crypto.curve25519.CurvePoints;
import io.fedflow.components.crypto.curve25519.CurveSecret;
import io.fedflow.components.crypto.curve25519.LadderKernel;
import io.fedflow.data.DataManager.StoreRequest;
import io.fedflow.job.JobStatus;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.pipeline.Pipeline;
import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableKind;
import io.fedflow.table.TableSchema;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javax.crypto.KeyAgreement;

/**
 * How many multiplications on Curve25519 a core does in a second, beside the JDK's X25519 in the
 * same run, and how long two parties of one process take to intersect their ids.
 *
 * <p>Arguments: ids of each party, half of them in common; 100,000 if none are given.
 */
public final class IntersectionBenchmark {

  private static final int POINTS = 2000;
  private static final int AGREEMENTS = 200;
  private static final Party GUEST = new Party(Role.GUEST, "9999");
  private static final Party HOST = new Party(Role.HOST, "10000");

  private IntersectionBenchmark() {}

  /** Prints rates, then a line for each number of ids. */
  public static void main(String[] arguments) throws Exception {
    rates();
    int[] counts =
        arguments.length == 0
            ? new int[] {100_000}
            : Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
    System.out.printf("%n%12s %10s %10s %14s%n", "ids", "wall s", "core s", "ids/s");
    try (Fedflow site = Fedflow.builder().build()) {
      intersect(site, 10_000, false);
      for (int count : counts) {
        intersect(site, count, true);
      }
    }
  }

  private static void rates() throws GeneralSecurityException {
    SecureRandom secrets = new SecureRandom();
    byte[][] hashes =
        IntStream.range(0, POINTS)
            .mapToObj(i -> ("id" + i).getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
    System.out.println("Curve25519, multiplications a core-second");
    LadderKernel standard = LadderKernel.standard();
    List<LadderKernel> kernels =
        standard.name().equals(LadderKernel.scalar().name())
            ? List.of(standard)
            : List.of(standard, LadderKernel.scalar());
    for (LadderKernel kernel : kernels) {
      CurveSecret secret = CurveSecret.generate(kernel, secrets);
      CurvePoints points = secret.maskHashes(hashes, ComputePool.inline());
      print(
          "points, kernel " + kernel.name(),
          CpuClock.rate(POINTS, () -> secret.mask(points, ComputePool.inline())));
      print(
          "hashes to points, kernel " + kernel.name(),
          CpuClock.rate(POINTS, () -> secret.maskHashes(hashes, ComputePool.inline())));
    }
    KeyPairGenerator keys = KeyPairGenerator.getInstance("X25519");
    KeyPair own = keys.generateKeyPair();
    KeyPair other = keys.generateKeyPair();
    print("X25519 of the JDK", CpuClock.rate(AGREEMENTS, () -> agree(own, other)));
  }

  private static void agree(KeyPair own, KeyPair other) {
    try {
      for (int i = 0; i < AGREEMENTS; i++) {
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(own.getPrivate());
        agreement.doPhase(other.getPublic(), true);
        agreement.generateSecret();
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void intersect(Fedflow site, int count, boolean shown) {
    store(site, "guest_" + count, 0, count);
    store(site, "host_" + count, count / 2, count);
    // What reading the tables costs is not the intersection's.
    double[] reading = run(site, count, false);
    double[] both = run(site, count, true);
    if (shown) {
      double wall = both[0] - reading[0];
      System.out.printf(
          Locale.ROOT,
          "%12d %10.2f %10.2f %14.0f%n",
          count,
          wall,
          both[1] - reading[1],
          count / wall);
    }
  }

  /** Wall and processor seconds of a job. */
  private static double[] run(Fedflow site, int count, boolean intersect) {
    Pipeline job = new Pipeline().party(Role.GUEST, GUEST.id()).party(Role.HOST, HOST.id());
    job.add("reader_0", "Reader")
        .set(GUEST, "table", Map.of("namespace", "psi", "name", "guest_" + count))
        .set(HOST, "table", Map.of("namespace", "psi", "name", "host_" + count));
    if (intersect) {
      job.add("intersection_0", "Intersection").data("reader_0").set("intersect_method", "ecdh");
    }
    long processor = processorNanos();
    long start = System.nanoTime();
    JobHandle handle = site.submit(job.compile()).toCompletableFuture().join();
    JobHandle.Outcome outcome = handle.completion().toCompletableFuture().join();
    if (outcome.status() != JobStatus.SUCCESS) {
      throw new IllegalStateException("the job ended as " + outcome);
    }
    return new double[] {(System.nanoTime() - start) / 1e9, (processorNanos() - processor) / 1e9};
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static void store(Fedflow site, String name, int first, int count) {
    String[] ids =
        IntStream.range(first, first + count).mapToObj(i -> "id" + i).toArray(String[]::new);
    Table table =
        new Table(
            new TableSchema(TableKind.INSTANCE, "id", List.of(ColumnSpec.feature("x0", "x0")), ","),
            ids,
            List.of(new Column.Numbers(new double[count])));
    site.data().store(StoreRequest.upload("psi", name), table);
  }

  private static void print(String what, double rate) {
    System.out.printf(Locale.ROOT, "%-34s %12.0f%n", what, rate);
  }
}
