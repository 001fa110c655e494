package io.fedflow.components.intersection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.testing.Failures;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The harness fails every run that leaves a temporary file. */
class SpilledIntersectionTest {

  private static Map<String, Object> params(String method, int spillAbove) {
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("intersect_method", method);
    params.put("dh_params", Map.of("key_length", 1024));
    params.put("spill_above", spillAbove);
    return params;
  }

  private static List<List<String>> ids(int hosts, long seed) {
    Random random = new Random(seed);
    List<List<String>> ids = new ArrayList<>();
    for (int party = 0; party <= hosts; party++) {
      ids.add(IntersectionJobs.randomIds(random));
    }
    return ids;
  }

  private static boolean spilled(Result result) {
    return result.trackers().get(IntersectionJobs.GUEST).logLines().stream()
        .anyMatch(line -> line.contains("wait in temporary files"));
  }

  @ParameterizedTest
  @CsvSource({"ecdh,1,1,1", "ecdh,1,50,2", "ecdh,3,20,3", "dh,1,1,4", "dh,2,60,5"})
  void rows_areThoseOfARunInMemory(String method, int hosts, int spillAbove, long seed) {
    List<List<String>> ids = ids(hosts, seed);
    Result files = IntersectionJobs.of(ids, params(method, spillAbove)).run().succeeded();
    Result memory = IntersectionJobs.of(ids, params(method, 1000)).run().succeeded();
    assertThat(spilled(files)).isTrue();
    assertThat(spilled(memory)).isFalse();
    for (Party party : IntersectionJobs.parties(hosts).all()) {
      assertThat(files.of(party).data().get(0).ids())
          .isNotEmpty()
          .containsExactly(memory.of(party).data().get(0).ids());
      assertThat(files.trackers().get(party).summary())
          .isEqualTo(memory.trackers().get(party).summary());
    }
  }

  @Test
  void count_isThatOfARunInMemory() {
    List<List<String>> ids = ids(1, 6);
    Map<String, Object> settings = params("ecdh", 1);
    settings.put("cardinality_only", true);
    Result files = IntersectionJobs.of(ids, settings).run().succeeded();
    settings.put("spill_above", 1000);
    Result memory = IntersectionJobs.of(ids, settings).run().succeeded();
    assertThat(spilled(files)).isTrue();
    assertThat(files.trackers().get(IntersectionJobs.GUEST).summary())
        .isEqualTo(memory.trackers().get(IntersectionJobs.GUEST).summary())
        .doesNotContainEntry("intersect_num", 0);
  }

  @Test
  void hostThatBreaksTheProtocol_fails_andNothingIsLeft() {
    UnaryOperator<Envelope> repeated =
        e -> {
          if (!e.tag().name().equals("twice_masked_ids")) {
            return e;
          }
          byte[] bytes = e.payload().bytes().clone();
          for (int at = 1; at < bytes.length; at++) {
            bytes[at] = bytes[1 + (at - 1) % KeyIndex.WIDTH];
          }
          return new Envelope(e.task(), e.from(), e.to(), e.tag(), Payload.ofBytes(bytes));
        };
    List<String> ids = List.of("a", "b", "c");
    ComponentHarness harness = IntersectionJobs.of(List.of(ids, ids), params("ecdh", 1));
    assertThat(harness.tamper(repeated).run().rootFailure())
        .is(Failures.code("intersection.message"))
        .hasMessageContaining("a twice masked id twice, again at position 1");
  }
}
