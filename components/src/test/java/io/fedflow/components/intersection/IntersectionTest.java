package io.fedflow.components.intersection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Privacy;
import io.fedflow.components.testing.Tables;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.testkit.component.ComponentHarness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntersectionTest {

  private static final Party GUEST = IntersectionJobs.GUEST;
  private static final Party HOST = IntersectionJobs.HOST;

  @ParameterizedTest
  @CsvSource({"1,false,1", "1,true,2", "2,false,3", "2,true,4", "3,true,5"})
  void rows_ofRandomShuffledTables_areTheCommonIdsInOrder(int hosts, boolean split, long seed) {
    Random random = new Random(seed);
    List<List<String>> ids = new ArrayList<>();
    for (int party = 0; party <= hosts; party++) {
      ids.add(IntersectionJobs.randomIds(random));
    }
    TreeSet<String> expected = new TreeSet<>(ids.get(0));
    ids.forEach(expected::retainAll);

    ComponentHarness.Result result =
        IntersectionJobs.of(ids, Map.of("rsa_params", rsa(Map.of("split_calculation", split))))
            .run()
            .succeeded();

    assertThat(expected).as("the case is worth testing").isNotEmpty();
    for (Party party : IntersectionJobs.parties(hosts).all()) {
      Table table = result.of(party).data().get(0);
      assertThat(table.ids()).as("seed %s", seed).containsExactlyElementsOf(expected);
      List<String> own = ids.get(IntersectionJobs.parties(hosts).all().indexOf(party));
      for (int row = 0; row < table.rowCount(); row++) {
        assertThat(table.numbers("x0")[row]).isEqualTo(own.indexOf(table.ids()[row]));
      }
    }
    Privacy.assertNoTraceOf(
        result.messages(), ids.stream().flatMap(List::stream).distinct().limit(60).toList());
  }

  @Test
  void rows_ofMoreIdsThanOneMessageHolds_areFound() {
    List<String> guest = IntStream.range(0, 4200).mapToObj(i -> "g" + i).toList();
    List<String> host = IntStream.range(4090, 4200).mapToObj(i -> "g" + i).toList();

    ComponentHarness.Result result =
        IntersectionJobs.of(List.of(guest, host), Map.of("rsa_params", rsa(Map.of())))
            .run()
            .succeeded();

    assertThat(result.of(GUEST).data().get(0).ids()).containsExactlyElementsOf(host);
    assertThat(result.messages()).filteredOn(m -> m.tag().name().equals("blinded_ids")).hasSize(2);
  }

  @Test
  void report_holdsCountsAndRates() {
    ComponentHarness.Result result = run(Map.of()).succeeded();

    for (Party party : List.of(GUEST, HOST)) {
      var tracker = result.trackers().get(party);
      double rows = party.equals(GUEST) ? 4 : 3;
      assertThat(tracker.value("train", "intersection", "intersect_count")).isEqualTo(2);
      assertThat(tracker.value("train", "intersection", "input_match_id_count")).isEqualTo(rows);
      assertThat(tracker.value("train", "intersection", "intersect_rate")).isEqualTo(2 / rows);
      assertThat(tracker.value("train", "intersection", "unmatched_count")).isEqualTo(rows - 2);
      assertThat(tracker.value("train", "intersection", "unmatched_rate"))
          .isEqualTo((rows - 2) / rows);
      assertThat(tracker.meta("train", "intersection"))
          .containsEntry("metric_type", "INTERSECTION")
          .containsEntry("intersect_method", "rsa")
          .containsEntry("join_method", "inner_join");
      assertThat(tracker.summary())
          .containsEntry("intersect_num", 2)
          .containsEntry("unique_id_num", (int) rows)
          .containsEntry("cardinality_only", false);
    }
  }

  @Test
  void rows_withoutSync_stayAtTheGuest() {
    ComponentHarness.Result result = run(Map.of("sync_intersect_ids", false)).succeeded();

    assertThat(result.of(GUEST).data().get(0).ids()).containsExactly("b", "c");
    assertThat(result.of(HOST).data()).isEmpty();
    assertThat(result.trackers().get(HOST).names()).isEmpty();
    assertThat(result.messages()).noneMatch(m -> m.tag().name().equals("result"));
  }

  @Test
  void rows_withOnlyOutputKey_haveNoColumns() {
    ComponentHarness.Result result = run(Map.of("only_output_key", true)).succeeded();

    assertThat(result.of(HOST).data().get(0).ids()).containsExactly("b", "c");
    assertThat(result.of(HOST).data().get(0).columns()).isEmpty();
    assertThat(result.of(HOST).data().get(0).schema().header()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"md5", "sha1", "sha512"})
  void rows_withOtherHashesAndASalt_areTheSame(String finalHash) {
    Map<String, Object> rsa =
        rsa(Map.of("salt", "pepper", "hash_method", "SHA384", "final_hash_method", finalHash));

    assertThat(run(Map.of("rsa_params", rsa)).succeeded().of(GUEST).data().get(0).ids())
        .containsExactly("b", "c");
  }

  @Test
  void rows_ofEmptyOrDisjointTables_areNone() {
    assertThat(
            IntersectionJobs.of(
                    List.of(List.of(), List.of("a")), Map.of("rsa_params", rsa(Map.of())))
                .run()
                .succeeded()
                .of(GUEST)
                .data()
                .get(0)
                .rowCount())
        .isZero();
    ComponentHarness.Result disjoint =
        IntersectionJobs.of(
                List.of(List.of("a"), List.of("b")), Map.of("rsa_params", rsa(Map.of())))
            .run()
            .succeeded();
    assertThat(disjoint.of(HOST).data().get(0).rowCount()).isZero();
    assertThat(disjoint.trackers().get(HOST).logLines())
        .anyMatch(line -> line.startsWith("WARNING") && line.contains("no id in common"));
  }

  @Test
  void blinding_ofOneId_isFreshEveryTimeAndLong() {
    List<Payload> blinded = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      // Even with a fraction, which in the original lets ids share a factor.
      run(Map.of("rsa_params", rsa(Map.of("random_base_fraction", 0.01)))).messages().stream()
          .filter(m -> m.tag().name().equals("blinded_ids"))
          .map(Envelope::payload)
          .forEach(blinded::add);
    }

    assertThat(blinded).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void signedIds_areSortedSoThatPositionsTellNothing() {
    List<Payload> lists =
        run(Map.of()).messages().stream()
            .filter(m -> m.tag().name().equals("signed_ids"))
            .map(Envelope::payload)
            .toList();

    assertThat(lists).hasSize(1);
    byte[] block = lists.get(0).bytes();
    assertThat(block).hasSize(1 + 3 * KeyIndex.WIDTH);
    for (int at = 1; at + KeyIndex.WIDTH < block.length; at += KeyIndex.WIDTH) {
      int next = at + KeyIndex.WIDTH;
      assertThat(Arrays.compareUnsigned(block, at, next, block, next, next + KeyIndex.WIDTH))
          .isNegative();
    }
  }

  @Test
  void run_withADifferentSalt_failsNamingTheSettings() {
    Throwable failure =
        IntersectionJobs.of(
                List.of(List.of("a"), List.of("a")),
                Map.of("rsa_params", rsa(Map.of("salt", "one"))))
            .params(HOST, Map.of("rsa_params", rsa(Map.of("salt", "two"))))
            .run()
            .rootFailure();

    assertThat(failure)
        .is(Failures.code("intersection.settings"))
        .hasMessageContaining("hash of salt")
        .hasMessageNotContaining("two");
  }

  @Test
  void run_withDeprecatedOrWeakParameters_warns() {
    ComponentHarness.Result result =
        run(Map.of("join_role", "guest", "repeated_id_process", true, "random_bit", 128));

    assertThat(result.succeeded().trackers().get(GUEST).logLines())
        .anyMatch(line -> line.contains("join_role is deprecated"))
        .anyMatch(line -> line.contains("random_bit is deprecated"))
        .anyMatch(line -> line.contains("key_length 1024 is short"));
  }

  @Test
  void leftJoin_withoutMatchIds_isRefused() {
    assertThat(run(Map.of("join_method", "left_join")).rootFailure())
        .is(Failures.code("intersection.join"));
  }

  @Test
  void params_ofRsa_areChecked() {
    assertThatThrownBy(() -> run(Map.of("rsa_params", Map.of("key_length", 512))))
        .hasMessageContaining("key_length");
    assertThatThrownBy(() -> run(Map.of("rsa_params", Map.of("key_length", 1025))))
        .hasMessageContaining("even");
    assertThatThrownBy(() -> run(Map.of("rsa_params", Map.of("random_base_fraction", 1.5))))
        .hasMessageContaining("random_base_fraction");
  }

  @ParameterizedTest
  @CsvSource({
    "blind_signatures,crypto.wrong-key",
    "blinded_ids,crypto.wrong-key",
    "signed_ids,intersection.message",
    "id_count,intersection.message",
    "result,intersection.message"
  })
  void run_whenAPeerBreaksTheProtocol_failsNamingIt(String message, String code) {
    UnaryOperator<Envelope> tamper =
        envelope ->
            envelope.tag().name().equals(message)
                ? new Envelope(
                    envelope.task(),
                    envelope.from(),
                    envelope.to(),
                    envelope.tag(),
                    broken(envelope.payload()))
                : envelope;

    assertThat(standard(Map.of()).tamper(tamper).run().rootFailure()).is(Failures.code(code));
  }

  @Test
  void run_withoutOrWithSeveralInputs_isRefused() {
    assertThat(
            new ComponentHarness(IntersectionJobs.COMPONENT, IntersectionJobs.parties(1))
                .inputs(HOST, Tables.asData(Tables.ofIds("a")))
                .run()
                .rootFailure())
        .is(Failures.code("inputs.several"));
  }

  private static Payload broken(Payload payload) {
    if (payload.format() == Payload.Format.LONGS) {
      return Payload.ofLongs(-1);
    }
    byte[] bytes = payload.bytes().clone();
    if (payload.format() == Payload.Format.INTEGERS) {
      bytes[29] ^= 1;
      return new Payload(Payload.Format.INTEGERS, bytes);
    }
    bytes[1] = (byte) 0xff;
    return new Payload(payload.format(), bytes);
  }

  private static ComponentHarness.Result run(Map<String, Object> params) {
    return standard(params).run();
  }

  private static ComponentHarness standard(Map<String, Object> params) {
    Map<String, Object> all = new java.util.HashMap<>(Map.of("rsa_params", rsa(Map.of())));
    all.putAll(params);
    return IntersectionJobs.of(List.of(List.of("d", "c", "a", "b"), List.of("b", "e", "c")), all);
  }

  // Short keys, so that tests are quick.
  private static Map<String, Object> rsa(Map<String, Object> more) {
    Map<String, Object> rsa = new java.util.HashMap<>(Map.of("key_length", 1024));
    rsa.putAll(more);
    return rsa;
  }

  @Test
  void splitCalculation_withoutSync_runsUnsplit_andSaysSo() {
    ComponentHarness.Result result =
        run(Map.of(
                "sync_intersect_ids",
                false,
                "rsa_params",
                rsa(Map.of("split_calculation", true, "hash_method", "sm3"))))
            .succeeded();

    assertThat(result.of(GUEST).data()).hasSize(1);
    assertThat(result.messages())
        .noneMatch(m -> m.to().equals(HOST) && m.tag().name().equals("signed_ids"))
        .noneMatch(m -> m.tag().name().equals("even_matches"));
    assertThat(result.trackers().get(GUEST).logLines())
        .anyMatch(line -> line.startsWith("WARNING") && line.contains("split_calculation"));
  }
}
