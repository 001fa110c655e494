package io.fedflow.components.intersection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fedflow.component.TaskCache;
import io.fedflow.component.TaskInputs;
import io.fedflow.components.testing.Failures;
import io.fedflow.components.testing.Privacy;
import io.fedflow.components.testing.Tables;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import io.fedflow.testkit.component.ComponentHarness;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Caches that one run makes, and later runs on them. */
class CachedIntersectionTest {

  private static final Party GUEST = IntersectionJobs.GUEST;
  private static final Party HOST = IntersectionJobs.HOST;
  private static final List<String> FOUR = List.of("d", "c", "a", "b");
  private static final List<String> THREE = List.of("b", "e", "c");

  @ParameterizedTest
  @CsvSource({"rsa,1,1", "rsa,2,2", "dh,1,3", "dh,2,4", "ecdh,1,5", "ecdh,3,6", "raw,1,7"})
  void rows_onACache_areThoseOfAPlainRun_againAndAgain(String method, int hosts, long seed) {
    Random random = new Random(seed);
    List<List<String>> ids = new ArrayList<>();
    for (int party = 0; party <= hosts; party++) {
      ids.add(IntersectionJobs.randomIds(random));
    }
    Map<Party, TaskCache> caches = make(ids, params(method));

    for (int round = 0; round < 2; round++) {
      // The order of the rows, and what the guest brings, may change from run to run.
      ids.replaceAll(CachedIntersectionTest::shuffled);
      ids.set(0, IntersectionJobs.randomIds(random));
      ComponentHarness.Result result = use(ids, caches, Map.of()).run().succeeded();
      ComponentHarness.Result plain = IntersectionJobs.of(ids, params(method)).run().succeeded();

      TreeSet<String> expected = new TreeSet<>(ids.get(0));
      ids.forEach(expected::retainAll);
      assertThat(expected).as("the case is worth testing").isNotEmpty();
      for (Party party : IntersectionJobs.parties(hosts).all()) {
        var table = result.of(party).data().get(0);
        assertThat(table.ids()).as("seed %s", seed).containsExactlyElementsOf(expected);
        assertThat(table.numbers("x0"))
            .containsExactly(plain.of(party).data().get(0).numbers("x0"));
        assertThat(result.trackers().get(party).summary())
            .isEqualTo(plain.trackers().get(party).summary());
        assertThat(result.trackers().get(party).meta("train", "intersection"))
            .isEqualTo(plain.trackers().get(party).meta("train", "intersection"));
      }
      Privacy.assertNoTraceOf(
          result.messages(), ids.stream().flatMap(List::stream).distinct().limit(60).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "dh", "ecdh"})
  void making_tellsNothingOfTheGuest_andGivesNoRows(String method) {
    List<String> guest = List.of("guest-one", "guest-two", "both-one");
    List<String> host = List.of("both-one", "host-one");
    ComponentHarness.Result made =
        IntersectionJobs.of(List.of(guest, host), making(params(method))).run().succeeded();

    assertThat(names(made, GUEST)).containsExactlyInAnyOrder("settings", "cache_id");
    for (Party party : List.of(GUEST, HOST)) {
      assertThat(made.of(party).data()).isEmpty();
      TaskCache cache = made.of(party).caches().get(0);
      assertThat(cache.key()).isEqualTo(made.of(GUEST).caches().get(0).key());
      assertThat(made.trackers().get(party).summary()).containsEntry("cache_key", cache.key());
      assertThat(made.trackers().get(party).names()).isEmpty();
    }
    Privacy.assertNoTraceOf(
        made.messages(), List.of("guest-one", "guest-two", "both-one", "host-one"));
  }

  @ParameterizedTest
  @CsvSource({"rsa,id_count;blind_signatures;", "dh,exchanged_ids", "ecdh,exchanged_ids"})
  void hosts_onACache_sendNoIdsOfTheirOwn(String method, String answers) {
    List<List<String>> ids = List.of(FOUR, THREE);
    ComponentHarness.Result result =
        use(ids, make(ids, params(method)), Map.of()).run().succeeded();

    assertThat(Set.of(answers.split(";"))).containsAll(names(result, HOST));
    assertThat(names(result, GUEST)).contains("cache_id").doesNotContain("public_key");
  }

  @ParameterizedTest
  @CsvSource({"rsa,blinded_ids", "dh,masked_ids", "ecdh,masked_ids"})
  void hosts_ofTwoRunsOnACache_cannotTellThatIdsOfTheGuestAreTheSame(
      String method, String message) {
    List<List<String>> ids = List.of(FOUR, THREE);
    Map<Party, TaskCache> caches = make(ids, params(method));

    Set<List<Byte>> first = elements(use(ids, caches, Map.of()).run().succeeded(), message);
    Set<List<Byte>> second = elements(use(ids, caches, Map.of()).run().succeeded(), message);

    assertThat(first).hasSize(4);
    assertThat(Collections.disjoint(first, second)).isTrue();
  }

  @Test
  void rows_onACacheWithoutSync_stayAtTheGuest() {
    List<List<String>> ids = List.of(FOUR, THREE);
    for (String method : List.of("rsa", "ecdh")) {
      ComponentHarness.Result result =
          use(ids, make(ids, params(method)), Map.of("sync_intersect_ids", false))
              .run()
              .succeeded();

      assertThat(result.of(GUEST).data().get(0).ids()).containsExactly("b", "c");
      assertThat(result.of(HOST).data()).isEmpty();
      assertThat(names(result, GUEST)).doesNotContain("result");
    }
  }

  @Test
  void methodAndHashes_comeFromTheCache() {
    Map<String, Object> salted = new HashMap<>(params("dh"));
    salted.put("dh_params", Map.of("key_length", 1024, "salt", "pepper", "hash_method", "sha512"));
    List<List<String>> ids = List.of(FOUR, THREE);
    Map<Party, TaskCache> caches = make(ids, salted);

    // As a job has it whose DSL hands the cache on: then even run_cache is inherited.
    ComponentHarness.Result result =
        use(ids, caches, Map.of("intersect_method", "rsa", "run_cache", true)).run().succeeded();

    assertThat(result.of(GUEST).data().get(0).ids()).containsExactly("b", "c");
    assertThat(result.of(GUEST).caches()).isEmpty();
    assertThat(result.trackers().get(HOST).meta("train", "intersection"))
        .containsEntry("intersect_method", "dh");
    assertThat(result.trackers().get(GUEST).logLines())
        .anyMatch(line -> line.contains("runs on a cache: its method dh"));
  }

  @Test
  void aPartOfTheHosts_isEnough_andAnotherHostIsRefused() {
    List<List<String>> ids = List.of(FOUR, THREE, List.of("c", "x"));
    Map<Party, TaskCache> caches = make(ids, params("ecdh"));
    List<List<String>> two = ids.subList(0, 2);
    assertThat(use(two, caches, Map.of()).run().succeeded().of(GUEST).data().get(0).ids())
        .containsExactly("b", "c");

    for (String method : List.of("rsa", "ecdh")) {
      Map<Party, TaskCache> ofTwo = new HashMap<>(make(two, params(method)));
      ofTwo.put(new Party(HOST.role(), "h1"), ofTwo.get(HOST));
      assertThat(use(ids, ofTwo, Map.of()).run().rootFailure())
          .satisfies(
              failure ->
                  assertThat(((FedflowException) failure).code())
                      .isIn("intersection.cache", "intersection.cache_rows"));
    }
  }

  @Test
  void cachesOfTwoRuns_areRefused_namingBoth() {
    List<List<String>> ids = List.of(FOUR, THREE);
    for (String method : List.of("rsa", "ecdh", "dh")) {
      Map<Party, TaskCache> one = make(ids, params(method));
      Map<Party, TaskCache> other = make(ids, params(method));
      Map<Party, TaskCache> mixed = Map.of(GUEST, one.get(GUEST), HOST, other.get(HOST));
      assertThat(use(ids, mixed, Map.of()).run().rootFailure())
          .is(Failures.code("intersection.cache"))
          .hasMessageContaining(one.get(GUEST).key())
          .hasMessageContaining(other.get(HOST).key());
    }
  }

  @ParameterizedTest
  @CsvSource({"rsa,ecdh", "ecdh,rsa", "dh,ecdh"})
  void cachesOfTwoMethods_areRefused(String guest, String host) {
    List<List<String>> ids = List.of(FOUR, THREE);
    Map<Party, TaskCache> mixed =
        Map.of(GUEST, make(ids, params(guest)).get(GUEST), HOST, make(ids, params(host)).get(HOST));
    assertThat(use(ids, mixed, Map.of()).run().rootFailure())
        .is(Failures.code("intersection.settings"))
        .hasMessageContaining("caches of one and the same task");
  }

  @Test
  void aCacheAtOnePartyAlone_isRefused() {
    List<List<String>> ids = List.of(FOUR, THREE);
    Map<Party, TaskCache> caches = make(ids, params("ecdh"));
    for (Party party : List.of(GUEST, HOST)) {
      assertThat(use(ids, Map.of(party, caches.get(party)), params("ecdh")).run().rootFailure())
          .is(Failures.code("intersection.settings"))
          .hasMessageContaining("cache=used")
          .hasMessageContaining("cache=none");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ecdh"})
  void aHostWhoseIdsChanged_isRefused(String method) {
    Map<Party, TaskCache> caches = make(List.of(FOUR, THREE), params(method));
    for (List<String> changed :
        List.of(List.of("b", "e"), List.of("b", "e", "c", "f"), List.of("b", "e", "f"))) {
      assertThat(use(List.of(FOUR, changed), caches, Map.of()).run().rootFailure())
          .is(Failures.code("intersection.cache_rows"))
          .hasMessageContaining("was made of 3 ids")
          .hasMessageContaining("make a new cache");
    }
  }

  @Test
  void countingOnACache_isRefused() {
    List<List<String>> ids = List.of(FOUR, THREE);
    assertThat(
            use(ids, make(ids, params("ecdh")), Map.of("cardinality_only", true))
                .run()
                .rootFailure())
        .is(Failures.code("intersection.cache"))
        .hasMessageContaining("cardinality_only");
  }

  @Test
  void whatNeedsMoreThanACache_isRefusedBeforeItRuns() {
    List<List<String>> ids = List.of(FOUR, THREE);
    for (Map<String, Object> wrong :
        List.of(
            Map.<String, Object>of("cardinality_only", true),
            Map.<String, Object>of("run_preprocess", true),
            Map.<String, Object>of("rsa_params", Map.of("split_calculation", true)))) {
      assertThatThrownBy(() -> IntersectionJobs.of(ids, making(wrong)).run())
          .hasMessageContaining("not with run_cache");
    }
  }

  @Test
  void aDamagedCache_isRefusedAndNothingElse() throws Exception {
    List<List<String>> ids = List.of(FOUR, THREE);
    Random random = new Random(11);
    for (String method : List.of("rsa", "dh", "ecdh")) {
      for (TaskCache cache : make(ids, params(method)).values()) {
        byte[] content = cache.content();
        for (int length = 0; length < content.length; length++) {
          byte[] cut = Arrays.copyOf(content, length);
          assertThatThrownBy(() -> IntersectionCacheBytes.read(cut))
              .is(Failures.code("intersection.cache"));
        }
        for (int i = 0; i < 300; i++) {
          byte[] changed = content.clone();
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
          try {
            IntersectionCacheBytes.read(changed);
          } catch (FedflowException refused) {
            assertThat(refused.code()).isEqualTo("intersection.cache");
          }
        }
        assertThat(IntersectionCacheBytes.write(IntersectionCacheBytes.read(content)))
            .isEqualTo(content);
      }
    }
  }

  @Test
  void aPeerThatBreaksTheProtocol_isNamed() {
    List<List<String>> ids = List.of(FOUR, THREE);
    Map<Party, TaskCache> caches = make(ids, params("ecdh"));
    assertThat(
            use(ids, caches, Map.of())
                .tamper(changed("cache_id", Payload.ofTexts(List.of("no id"))))
                .run()
                .rootFailure())
        .is(Failures.code("intersection.message"));
    assertThat(
            use(ids, caches, Map.of())
                .tamper(changed("exchanged_ids", Payload.ofBytes(new byte[] {1})))
                .run()
                .rootFailure())
        .is(Failures.code("intersection.message"));
    assertThat(
            IntersectionJobs.of(ids, making(params("dh")))
                .tamper(changed("masked_ids", Payload.ofBytes(new byte[] {1})))
                .run()
                .rootFailure())
        .is(Failures.code("intersection.message"));
  }

  private static UnaryOperator<Envelope> changed(String name, Payload payload) {
    return sent ->
        sent.tag().name().equals(name)
            ? new Envelope(sent.task(), sent.from(), sent.to(), sent.tag(), payload)
            : sent;
  }

  private static Set<String> names(ComponentHarness.Result result, Party from) {
    return result.messages().stream()
        .filter(message -> message.from().equals(from))
        .map(message -> message.tag().name())
        .collect(Collectors.toSet());
  }

  /** The numbers that the guest sent, as bytes. */
  private static Set<List<Byte>> elements(ComponentHarness.Result result, String message) {
    byte[] bytes =
        result.messages().stream()
            .filter(sent -> sent.from().equals(GUEST) && sent.tag().name().equals(message))
            .findFirst()
            .orElseThrow()
            .payload()
            .bytes();
    int width = bytes.length / 4;
    ByteBuffer tail = ByteBuffer.wrap(bytes, bytes.length - 4 * width, 4 * width);
    Set<List<Byte>> elements = new HashSet<>();
    while (tail.hasRemaining()) {
      List<Byte> element = new ArrayList<>();
      // A header may take some bytes of the first one; the ends are enough.
      for (int i = 0; i < width; i++) {
        byte b = tail.get();
        if (i >= width / 2) {
          element.add(b);
        }
      }
      elements.add(element);
    }
    return elements;
  }

  private static Map<Party, TaskCache> make(List<List<String>> ids, Map<String, Object> params) {
    ComponentHarness.Result made = IntersectionJobs.of(ids, making(params)).run().succeeded();
    Map<Party, TaskCache> caches = new LinkedHashMap<>();
    made.outputs().forEach((party, outputs) -> caches.put(party, outputs.caches().get(0)));
    return caches;
  }

  private static ComponentHarness use(
      List<List<String>> ids, Map<Party, TaskCache> caches, Map<String, Object> params) {
    ComponentHarness harness = IntersectionJobs.of(ids, params);
    List<Party> parties = IntersectionJobs.parties(ids.size() - 1).all();
    for (int i = 0; i < ids.size(); i++) {
      TaskCache cache = caches.get(parties.get(i));
      TaskInputs inputs = Tables.asData(Tables.ofIds(ids.get(i).toArray(String[]::new)));
      harness.inputs(
          parties.get(i),
          new TaskInputs(
              inputs.data(),
              inputs.model(),
              inputs.isometric(),
              cache == null ? List.of() : List.of(cache)));
    }
    return harness;
  }

  private static List<String> shuffled(List<String> ids) {
    List<String> shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled, new Random(ids.size()));
    return shuffled;
  }

  private static Map<String, Object> making(Map<String, Object> params) {
    Map<String, Object> making = new HashMap<>(params);
    making.put("run_cache", true);
    return making;
  }

  private static Map<String, Object> params(String method) {
    Map<String, Object> params = new HashMap<>(Map.of("intersect_method", method));
    if (method.equals("rsa") || method.equals("dh")) {
      params.put(method + "_params", Map.of("key_length", 1024));
    }
    return params;
  }
}
