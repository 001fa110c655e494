package io.fedflow.components.intersection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Privacy;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedIntersectionTest {

  private static final Party GUEST = IntersectionJobs.GUEST;
  private static final Party HOST = IntersectionJobs.HOST;
  private static final List<String> FOUR = List.of("d", "c", "a", "b");
  private static final List<String> THREE = List.of("b", "e", "c");

  @ParameterizedTest
  @CsvSource({"ecdh,1,1", "ecdh,2,2", "ecdh,3,3", "dh,1,4", "dh,2,5"})
  void rows_ofRandomShuffledTables_areThoseOfRsa(String method, int hosts, long seed) {
    Random random = new Random(seed);
    List<List<String>> ids = new ArrayList<>();
    for (int party = 0; party <= hosts; party++) {
      ids.add(IntersectionJobs.randomIds(random));
    }

    ComponentHarness.Result masked = IntersectionJobs.of(ids, params(method)).run().succeeded();
    ComponentHarness.Result signed = IntersectionJobs.of(ids, params("rsa")).run().succeeded();

    TreeSet<String> expected = new TreeSet<>(ids.get(0));
    ids.forEach(expected::retainAll);
    assertThat(expected).as("the case is worth testing").isNotEmpty();
    for (Party party : IntersectionJobs.parties(hosts).all()) {
      Table table = masked.of(party).data().get(0);
      assertThat(table.ids()).as("seed %s", seed).containsExactlyElementsOf(expected);
      assertThat(table.ids()).containsExactly(signed.of(party).data().get(0).ids());
      assertThat(table.numbers("x0")).containsExactly(signed.of(party).data().get(0).numbers("x0"));
      assertThat(masked.trackers().get(party).summary())
          .isEqualTo(signed.trackers().get(party).summary());
    }
    Privacy.assertNoTraceOf(
        masked.messages(), ids.stream().flatMap(List::stream).distinct().limit(60).toList());
  }

  @ParameterizedTest
  @CsvSource({"9000,40", "30,5000", "4096,4097"})
  void rows_ofMoreIdsThanOneMessageHolds_areFound(int guestCount, int hostCount) {
    List<String> guest = IntStream.range(0, guestCount).mapToObj(i -> "i" + i).toList();
    List<String> host =
        IntStream.range(guestCount - 20, guestCount - 20 + hostCount)
            .mapToObj(i -> "i" + i)
            .toList();

    ComponentHarness.Result result =
        IntersectionJobs.of(List.of(guest, host), params("ecdh")).run().succeeded();

    assertThat(result.of(GUEST).data().get(0).ids())
        .containsExactlyInAnyOrderElementsOf(guest.subList(guestCount - 20, guestCount));
    assertThat(result.messages())
        .filteredOn(m -> m.tag().name().equals("masked_ids"))
        .hasSize((guestCount + 4095) / 4096 + (hostCount + 4095) / 4096);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecdh", "dh"})
  void rows_ofEmptyOrDisjointTables_areNone(String method) {
    assertThat(ids(run(List.of(), List.of("a"), method))).isEmpty();
    assertThat(ids(run(List.of("a"), List.of(), method))).isEmpty();
    assertThat(ids(run(List.of(), List.of(), method))).isEmpty();
    ComponentHarness.Result disjoint = run(List.of("a"), List.of("b"), method);
    assertThat(disjoint.of(HOST).data().get(0).rowCount()).isZero();
    assertThat(disjoint.trackers().get(HOST).logLines())
        .anyMatch(line -> line.startsWith("WARNING") && line.contains("no id in common"));
  }

  @Test
  void rows_withoutSync_stayAtTheGuest() {
    ComponentHarness.Result result = run(Map.of("sync_intersect_ids", false)).succeeded();

    assertThat(ids(result)).containsExactly("b", "c");
    assertThat(result.of(HOST).data()).isEmpty();
    assertThat(result.trackers().get(HOST).names()).isEmpty();
    assertThat(result.messages()).noneMatch(m -> m.tag().name().equals("result"));
  }

  @ParameterizedTest
  @CsvSource({"ecdh_params,ecdh,sha512", "dh_params,dh,none", "dh_params,dh,md5"})
  void rows_withOtherHashesAndASalt_areTheSame(String object, String method, String hash) {
    Map<String, Object> own =
        new HashMap<>(method.equals("dh") ? Map.of("key_length", 1024) : Map.of());
    own.putAll(Map.of("salt", "pepper", "hash_method", hash));

    assertThat(ids(run(Map.of("intersect_method", method, object, own)).succeeded()))
        .containsExactly("b", "c");
  }

  @Test
  void raw_runsOnTheCurve_andSaysSo() {
    var result = run(Map.of("intersect_method", "raw")).succeeded();
    assertThat(ids(result)).containsExactly("b", "c");
    assertThat(result.messages()).anyMatch(m -> m.tag().name().equals("masked_ids"));
    assertThat(result.trackers().get(HOST).logLines())
        .anyMatch(line -> line.contains("intersect_method raw") && line.contains("ecdh"));
  }

  @Test
  void log_namesMethodAndKernel() {
    assertThat(run(Map.of()).succeeded().trackers().get(HOST).logLines())
        .anyMatch(line -> line.contains("masked by ecdh, kernel "));
    assertThat(run(params("dh")).succeeded().trackers().get(GUEST).logLines())
        .anyMatch(line -> line.contains("masked by dh, Diffie-Hellman group of 1024 bits"))
        .anyMatch(line -> line.contains("dh_params.key_length 1024 is short"));
  }

  @ParameterizedTest
  @CsvSource({"ecdh,true", "ecdh,false", "dh,true"})
  void cardinality_isTheCountAndNothingMore(String method, boolean sync) {
    Map<String, Object> params = new HashMap<>(params(method));
    params.remove("intersect_method");
    params.putAll(
        Map.of("cardinality_only", true, "cardinality_method", method, "sync_cardinality", sync));
    ComponentHarness.Result result = run(params).succeeded();

    assertThat(result.of(GUEST).data()).isEmpty();
    assertThat(result.of(HOST).data()).isEmpty();
    assertThat(result.trackers().get(GUEST).value("train", "intersection", "intersect_count"))
        .isEqualTo(2);
    assertThat(result.trackers().get(GUEST).summary())
        .containsEntry("cardinality_only", true)
        .containsEntry("intersect_num", 2)
        .containsEntry("intersect_rate", 0.5);
    assertThat(result.trackers().get(HOST).names().isEmpty()).isEqualTo(!sync);
    assertThat(result.messages()).noneMatch(m -> m.tag().name().equals("result"));
    assertThat(result.messages().stream().anyMatch(m -> m.tag().name().equals("cardinality")))
        .isEqualTo(sync);
  }

  /** With ids in the order that they were sent in, the guest could tell which of them match. */
  @Test
  void cardinality_comesBackInAnotherOrder() {
    // Half of the guest's ids are made one, the other half another: the answers show the order.
    assertThat(changes(params("ecdh"))).isEqualTo(1);
    // Of a random order of 200, less than 50 neighbours differ once in 2^38 runs.
    assertThat(changes(Map.of("cardinality_only", true))).isGreaterThan(50);
  }

  @ParameterizedTest
  @CsvSource({"ecdh,2,true", "ecdh,3,false", "dh,2,false"})
  void cardinality_withSeveralHosts_countsWhatAllHave(String method, int hosts, boolean sync) {
    List<List<String>> ids = new ArrayList<>();
    for (int party = 0; party <= hosts; party++) {
      ids.add(IntersectionJobs.randomIds(new Random(17 + party)));
    }
    Set<String> common = new HashSet<>(ids.get(0));
    ids.forEach(common::retainAll);
    Map<String, Object> params = new HashMap<>(params(method));
    params.putAll(
        Map.of("cardinality_only", true, "cardinality_method", method, "sync_cardinality", sync));

    ComponentHarness.Result result = IntersectionJobs.of(ids, params).run().succeeded();

    assertThat(common).hasSizeGreaterThan(10);
    assertThat(result.trackers().get(GUEST).summary())
        .containsEntry("intersect_num", common.size());
    for (Party host : IntersectionJobs.parties(hosts).of(Role.HOST)) {
      assertThat(result.trackers().get(host).summary().get("intersect_num"))
          .isEqualTo(sync ? common.size() : null);
      assertThat(elementsAt(result, host, method.equals("dh") ? 128 : 32))
          .as("a host that sees the same element twice can compare two parties' ids")
          .hasSizeGreaterThan(100)
          .doesNotHaveDuplicates();
    }
    Privacy.assertNoTraceOf(
        result.messages(), ids.stream().flatMap(List::stream).distinct().limit(60).toList());
  }

  @Test
  void cardinality_withSeveralHosts_ofNoIds_isNothing() {
    assertThat(
            IntersectionJobs.of(List.of(List.of(), THREE, FOUR), Map.of("cardinality_only", true))
                .run()
                .succeeded()
                .trackers()
                .get(GUEST)
                .summary())
        .containsEntry("intersect_num", 0);
  }

  @ParameterizedTest
  @CsvSource({"ONE_MORE,masked ids", "REPEATED,twice"})
  void cardinality_whenOneOfSeveralHostsBreaksTheProtocol_fails(Flaw flaw, String words) {
    assertThat(
            IntersectionJobs.of(List.of(FOUR, FOUR, FOUR), Map.of("cardinality_only", true))
                .tamper(broken("relayed_ids", flaw))
                .run()
                .rootFailure())
        .is(Failures.code("intersection.message"))
        .hasMessageContaining(words);
  }

  @Test
  void cardinality_byRsa_runsOnTheCurve_andSaysSo() {
    var result = run(Map.of("cardinality_only", true, "cardinality_method", "rsa")).succeeded();

    assertThat(result.trackers().get(GUEST).summary()).containsEntry("intersect_num", 2);
    assertThat(result.messages()).noneMatch(m -> m.tag().name().equals("signed_ids"));
    assertThat(result.trackers().get(GUEST).logLines())
        .anyMatch(line -> line.startsWith("WARNING") && line.contains("cardinality_method rsa"));
  }

  @Test
  void preprocess_runsNoFilter_andSaysSo() {
    var result = run(Map.of("run_preprocess", true)).succeeded();
    var without = run(Map.of()).succeeded();

    assertThat(ids(result)).containsExactly("b", "c");
    assertThat(names(result)).isEqualTo(names(without));
    assertThat(result.trackers().get(HOST).logLines())
        .anyMatch(line -> line.startsWith("WARNING") && line.contains("run_preprocess"));
  }

  private static List<String> names(ComponentHarness.Result result) {
    return result.messages().stream().map(m -> m.tag().name()).sorted().toList();
  }

  private static List<String> elementsAt(ComponentHarness.Result result, Party host, int width) {
    List<String> elements = new ArrayList<>();
    for (Envelope envelope : result.messages()) {
      if (envelope.to().equals(host) && envelope.tag().name().equals("relayed_ids")) {
        byte[] message = envelope.payload().as(Payload.Format.BYTES);
        for (int at = 1; at < message.length; at += width) {
          elements.add(Arrays.toString(Arrays.copyOfRange(message, at, at + width)));
        }
      }
    }
    return elements;
  }

  @Test
  void masks_ofTheSameIds_areFreshEveryTime() {
    Set<String> seen =
        IntStream.range(0, 2)
            .mapToObj(i -> run(Map.of()).succeeded())
            .flatMap(result -> result.messages().stream())
            .filter(m -> m.tag().name().equals("masked_ids"))
            .map(m -> Arrays.toString(m.payload().bytes()))
            .collect(Collectors.toSet());
    assertThat(seen).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "masked_ids,LOW_ORDER,crypto.invalid-point,low order",
    "masked_ids,NOT_REDUCED,crypto.invalid-point,not below 2^255 - 19",
    "masked_ids,ONE_MORE,intersection.message,masked ids",
    "masked_ids,CUT,crypto.malformed,points of 32 bytes",
    "twice_masked_ids,ONE_MORE,intersection.message,twice masked ids",
    "twice_masked_ids,VERSION,intersection.message,version",
    "masked_ids,REPEATED,intersection.message,twice",
    "twice_masked_ids,REPEATED,intersection.message,twice",
    "result,NEGATIVE,intersection.message,out of order",
    "id_count,NEGATIVE,intersection.message,impossible count"
  })
  void run_whenAPeerBreaksTheProtocol_failsNamingIt(
      String message, Flaw flaw, String code, String words) {
    // All ids are common, so that whichever comes first is found.
    assertThat(
            IntersectionJobs.of(List.of(FOUR, FOUR), params("ecdh"))
                .tamper(broken(message, flaw))
                .run()
                .rootFailure())
        .is(Failures.code(code))
        .hasMessageContaining(words);
  }

  @Test
  void run_ofDhWithAnElementOfOrderTwo_isRefused() {
    UnaryOperator<byte[]> one = message -> element(message, 128, 1);
    assertThat(harness(params("dh")).tamper(replaced("masked_ids", one)).run().rootFailure())
        .is(Failures.code("crypto.invalid-point"))
        .hasMessageContaining("order is at most 2");
  }

  @Test
  void run_whenTheCountSyncedIsTooHigh_isRefused() {
    UnaryOperator<Envelope> lie =
        e -> e.tag().name().equals("cardinality") ? with(e, Payload.ofLongs(4)) : e;
    assertThat(
            harness(Map.of("cardinality_only", true, "sync_cardinality", true))
                .tamper(lie)
                .run()
                .rootFailure())
        .is(Failures.code("intersection.message"))
        .hasMessageContaining("number of common ids");
  }

  @Test
  void run_withADifferentSaltOrMethod_failsNamingTheSettings() {
    ComponentHarness salt =
        harness(Map.of("ecdh_params", Map.of("salt", "one")))
            .params(HOST, Map.of("intersect_method", "ecdh", "ecdh_params", Map.of("salt", "two")));
    assertThat(salt.run().rootFailure())
        .is(Failures.code("intersection.settings"))
        .hasMessageContaining("hash of salt")
        .hasMessageNotContaining("two");
    assertThat(harness(Map.of()).params(HOST, params("rsa")).run().rootFailure())
        .is(Failures.code("intersection.settings"));
    assertThat(harness(Map.of()).params(HOST, params("dh")).run().rootFailure())
        .is(Failures.code("intersection.settings"))
        .hasMessageContaining("method=");
  }

  @Test
  void params_ofMasks_areChecked() {
    assertThatThrownBy(
            () -> run(Map.of("intersect_method", "dh", "dh_params", Map.of("key_length", 2000))))
        .hasMessageContaining("dh_params/key_length")
        .hasMessageContaining("2048");
    assertThatThrownBy(() -> run(Map.of("ecdh_params", Map.of("curve", "p256"))))
        .hasMessageContaining("curve");
  }

  private enum Flaw {
    LOW_ORDER,
    NOT_REDUCED,
    ONE_MORE,
    CUT,
    VERSION,
    REPEATED,
    NEGATIVE
  }

  private static UnaryOperator<Envelope> broken(String message, Flaw flaw) {
    if (flaw == Flaw.NEGATIVE) {
      return e -> e.tag().name().equals(message) ? with(e, Payload.ofLongs(-1)) : e;
    }
    int width = message.equals("masked_ids") || message.equals("relayed_ids") ? 32 : KeyIndex.WIDTH;
    return replaced(
        message,
        bytes ->
            switch (flaw) {
              case LOW_ORDER -> element(bytes, width, 1);
              case NOT_REDUCED -> {
                byte[] out = bytes.clone();
                Arrays.fill(out, 1, 1 + width, (byte) 0xff);
                yield out;
              }
              case ONE_MORE -> repeat(Arrays.copyOf(bytes, bytes.length + width), width);
              case CUT -> Arrays.copyOf(bytes, bytes.length - 1);
              case VERSION -> {
                byte[] out = bytes.clone();
                out[0] = 9;
                yield out;
              }
              case REPEATED -> repeat(bytes.clone(), width);
              case NEGATIVE -> throw new AssertionError();
            });
  }

  /** Makes all elements like the first one that is common. */
  private static byte[] repeat(byte[] bytes, int width) {
    for (int at = 1 + width; at < bytes.length; at += width) {
      System.arraycopy(bytes, 1, bytes, at, width);
    }
    return bytes;
  }

  /** Makes the first element a small number. */
  private static byte[] element(byte[] bytes, int width, int value) {
    byte[] out = bytes.clone();
    Arrays.fill(out, 1, 1 + width, (byte) 0);
    // Least byte first on the curve, last modulo a prime.
    out[width == 32 ? 1 : width] = (byte) value;
    return out;
  }

  private static UnaryOperator<Envelope> replaced(String message, UnaryOperator<byte[]> change) {
    return e ->
        e.tag().name().equals(message) && e.from().equals(HOST)
            ? with(e, new Payload(e.payload().format(), change.apply(e.payload().bytes())))
            : e;
  }

  private static Envelope with(Envelope e, Payload payload) {
    return new Envelope(e.task(), e.from(), e.to(), e.tag(), payload);
  }

  /** How many neighbours differ in what a host answers to a hundred points and a hundred others. */
  private static int changes(Map<String, Object> params) {
    List<String> many = IntStream.range(0, 200).mapToObj(i -> "i" + i).toList();
    UnaryOperator<Envelope> twoPoints =
        e -> {
          if (!e.tag().name().equals("masked_ids") || !e.from().equals(GUEST)) {
            return e;
          }
          byte[] bytes = e.payload().bytes().clone();
          for (int i = 1; i < 200; i++) {
            int from = i < 100 ? 0 : 100;
            System.arraycopy(bytes, 1 + 32 * from, bytes, 1 + 32 * i, 32);
          }
          return with(e, new Payload(e.payload().format(), bytes));
        };
    ComponentHarness.Result result =
        IntersectionJobs.of(List.of(many, many), params).tamper(twoPoints).run();
    byte[] back = bytes(result, HOST, "twice_masked_ids");
    int changes = 0;
    for (int at = 1 + KeyIndex.WIDTH; at < back.length; at += KeyIndex.WIDTH) {
      changes +=
          Arrays.equals(back, at - KeyIndex.WIDTH, at, back, at, at + KeyIndex.WIDTH) ? 0 : 1;
    }
    return changes;
  }

  private static byte[] bytes(ComponentHarness.Result result, Party from, String name) {
    return result.messages().stream()
        .filter(m -> m.from().equals(from) && m.tag().name().equals(name))
        .findFirst()
        .orElseThrow()
        .payload()
        .bytes();
  }

  private static ComponentHarness.Result run(List<String> guest, List<String> host, String method) {
    return IntersectionJobs.of(List.of(guest, host), params(method)).run().succeeded();
  }

  private static ComponentHarness.Result run(Map<String, Object> params) {
    return harness(params).run();
  }

  private static ComponentHarness harness(Map<String, Object> params) {
    Map<String, Object> all = new HashMap<>(params("ecdh"));
    all.putAll(params);
    return IntersectionJobs.of(List.of(FOUR, THREE), all);
  }

  private static String[] ids(ComponentHarness.Result result) {
    return result.of(GUEST).data().get(0).ids();
  }

  private static Map<String, Object> params(String method) {
    Map<String, Object> params = new HashMap<>(Map.of("intersect_method", method));
    if (!method.equals("ecdh")) {
      params.put(method + "_params", Map.of("key_length", 1024));
    }
    return params;
  }
}
