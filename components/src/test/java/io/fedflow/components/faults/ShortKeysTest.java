package io.fedflow.components.faults;

import static io.fedflow.components.testing.Pair.GUEST;
import static io.fedflow.components.testing.Pair.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.Component;
import io.fedflow.component.ParameterSchema;
import io.fedflow.component.ParameterSpec;
import io.fedflow.components.StandardComponents;
import io.fedflow.components.testing.ComponentJob;
import io.fedflow.components.testing.ComponentJobs;
import io.fedflow.components.testing.Failures;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.failure.Problem;
import io.fedflow.failure.Problems;
import io.fedflow.party.Party;
import io.fedflow.testkit.component.ComponentHarness;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Keys that are too short: by the conf, and as other parties make them. */
class ShortKeysTest {

  private static final Set<String> LENGTHS =
      Set.of("key_length", "key_size", "fixpoint_bit_length");

  static List<List<String>> lengths() throws IOException {
    return BadInputPage.table("component", "parameter", "bits");
  }

  @Test
  void thePageNamesEveryLength() throws IOException {
    assertThat(lengths().stream().map(row -> row.get(0) + " " + row.get(1)))
        .containsExactlyInAnyOrderElementsOf(
            new StandardComponents()
                .components().stream()
                    .flatMap(
                        one ->
                            declared(one.descriptor().parameters(), "")
                                .map(name -> one.descriptor().module() + " " + name))
                    .toList());
  }

  private static Stream<String> declared(ParameterSchema schema, String above) {
    return schema.specs().stream()
        .flatMap(
            spec ->
                spec.nested() != null
                    ? declared(spec.nested(), above + spec.name() + "/")
                    : Stream.of(spec)
                        .filter(ShortKeysTest::isLength)
                        .map(one -> above + one.name()));
  }

  private static boolean isLength(ParameterSpec spec) {
    return LENGTHS.contains(spec.name());
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void aLengthOf512_isRefusedByName_withWhatIsAllowed(List<String> row) {
    List<Problem> refused = resolve(row, 512);
    assertThat(refused).hasSize(1);
    assertThat(refused.get(0).pointer()).isEqualTo("conf/" + row.get(1));
    assertThat(refused.get(0).found()).isEqualTo("512");
    // Bounds read "1024..8192" on the page.
    for (String bound : row.get(2).split("\\.\\.")) {
      assertThat(refused.get(0).allowed()).contains(bound);
    }
    assertThat(resolve(row, 1024)).isEmpty();
  }

  private static List<Problem> resolve(List<String> row, int bits) {
    Component component =
        new StandardComponents()
            .components().stream()
                .filter(one -> one.descriptor().module().equals(row.get(0)))
                .findFirst()
                .orElseThrow();
    String[] path = row.get(1).split("/");
    Map<String, Object> conf =
        path.length == 1 ? Map.of(path[0], bits) : Map.of(path[0], Map.of(path[1], bits));
    Problems problems = new Problems();
    component.descriptor().resolve(conf, "conf", problems);
    return problems.errors();
  }

  /** The maker's conf says 1024 bits, that of everybody else twice as many. */
  @ParameterizedTest
  @CsvSource({
    "HeteroFeatureBinning, guest:9999, encrypt_param.key_length",
    "HeteroLR, arbiter:10000, encrypt_param.key_length",
    "HeteroLinR, arbiter:10000, encrypt_param.key_length",
    "HeteroPearson, guest:9999, fixpoint_bit_length",
    "HeteroPoisson, arbiter:10000, encrypt_param.key_length",
    "HeteroSecureBoost, guest:9999, encrypt_param.key_length",
    "Intersection, host:10000, rsa_params.key_length"
  })
  void aKeyShorterThanAskedForHere_isRefused_withItsMaker(
      String module, String maker, String parameter) {
    Party from = Party.parse(maker);
    ComponentJob job = ComponentJobs.of(module);
    if (module.equals("Intersection")) {
      job = job.with(Map.of("intersect_method", "rsa"));
    }
    ComponentHarness harness = job.harness();
    for (Party party : List.of(GUEST, HOST)) {
      harness.params(party, length(parameter, party.equals(from) ? 1024 : 2048));
    }
    Result result = harness.run();
    assertThat(result.outputs()).isEmpty();
    assertThat(result.rootFailure())
        .is(Failures.code("crypto.key-too-small"))
        .hasMessageContaining(maker)
        .hasMessageContaining(parameter)
        .hasMessageContaining("1024 bits")
        .hasMessageContaining("at least 2048");
    assertThat(((FedflowException) result.rootFailure()).kind()).isEqualTo(FailureKind.PEER);
  }

  private static Map<String, Object> length(String parameter, int bits) {
    String[] path = parameter.split("\\.");
    return path.length == 1 ? Map.of(path[0], bits) : Map.of(path[0], Map.of(path[1], bits));
  }
}
