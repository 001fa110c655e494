package io.fedflow.components;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.components.testing.ComponentJob;
import io.fedflow.components.testing.ComponentJobs;
import io.fedflow.components.testing.JobVariants;
import io.fedflow.components.testing.Pair;
import io.fedflow.model.ProtobufCodec;
import io.fedflow.party.Party;
import io.fedflow.table.Table;
import io.fedflow.table.TableCodec;
import io.fedflow.testkit.component.ComponentHarness.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is learned twice from the same rows with the same seed is the same, byte by byte. */
class SameSeedTest {

  static Stream<String> learning() {
    return ComponentJobs.modules().stream()
        .filter(module -> !ComponentJobs.WITHOUT_MODEL.contains(module));
  }

  static Stream<String> others() {
    return ComponentJobs.WITHOUT_MODEL.stream()
        .filter(module -> !ComponentJobs.WITHOUT_JOB.contains(module))
        .sorted();
  }

  @ParameterizedTest
  @MethodSource("learning")
  void modelsAreTheSame_byteByByte(String module) {
    ComponentJob job = ComponentJobs.of(module);
    Result one = job.harness().seed(11).run().succeeded();
    Result other = job.harness().seed(11).run().succeeded();
    assertThat(withModel(one)).as("parties with a model").isNotEmpty().isEqualTo(withModel(other));
    for (Party party : withModel(one)) {
      Pair.assertSameBytes(
          one.of(party).model().orElseThrow(), other.of(party).model().orElseThrow());
    }
  }

  /** Rows that are handed on are compared as well: cross-validation gives no model. */
  @ParameterizedTest
  @MethodSource("variants")
  void modelsAndRowsOfVariants_areTheSame_byteByByte(String name) {
    ComponentJob job = JobVariants.of(name);
    Result one = job.harness().seed(11).run().succeeded();
    Result other = job.harness().seed(11).run().succeeded();
    assertThat(withModel(one).isEmpty()).isEqualTo(JobVariants.isOfFolds(name));
    assertThat(bytes(one)).isEqualTo(bytes(other));
    assertThat(rows(one)).isNotEmpty().isEqualTo(rows(other));
  }

  static Stream<String> variants() {
    return JobVariants.names().stream();
  }

  /** Otherwise the test above could never fail where something is drawn. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HeteroLR",
        "HeteroLR: one-vs-rest",
        "HeteroLR: stepwise",
        "HeteroLinR",
        "HeteroSecureBoost",
        "HeteroSecureBoost: classes",
        "HeteroSecureBoost: mix",
        "HomoLR",
        "HomoLR: one-vs-rest"
      })
  void anotherSeed_givesAnotherModel(String name) {
    ComponentJob job = JobVariants.of(name);
    // Trees have a seed of their own in the conf, as in FATE; few columns are drawn alike often.
    List<ComponentJob> others =
        job.module().equals("HeteroSecureBoost")
            ? IntStream.range(0, 8).mapToObj(n -> job.with(Map.of("random_seed", n))).toList()
            : List.of(job);
    List<String> one = bytes(job.harness().seed(11).run().succeeded());
    assertThat(others)
        .anyMatch(other -> !one.equals(bytes(other.harness().seed(12).run().succeeded())));
  }

  /** Which rows of a batch are real follows from a key of the guest's, not from the seed alone. */
  @Test
  void batchesThatHideRows_repeat_untilRowsOrSettingsChange() {
    ComponentJob job = ComponentJobs.of("HeteroLR").with(Map.of("masked_rate", 1));
    List<String> one = bytes(job.harness().seed(11).run().succeeded());
    assertThat(bytes(job.harness().seed(11).run().succeeded())).isEqualTo(one);
    assertThat(bytes(job.harness().seed(12).run().succeeded())).isNotEqualTo(one);
    // Whoever knows the seed only cannot draw them.
    assertThat(bytes(job.harness().seed(11).site("other").run().succeeded())).isNotEqualTo(one);
    ComponentJob fewer = job.with(Map.of("masked_rate", 2));
    assertThat(bytes(fewer.harness().seed(11).run().succeeded())).isNotEqualTo(one);
  }

  /** Whoever gets a model moves out of this list, and so into the test above. */
  @ParameterizedTest
  @MethodSource("others")
  void allOthers_giveNoModel(String module) {
    assertThat(withModel(ComponentJobs.of(module).harness().run().succeeded())).isEmpty();
  }

  @Test
  void everyModuleIsOfOneKind() {
    assertThat(ComponentJobs.modules()).containsAll(ComponentJobs.WITHOUT_MODEL);
  }

  private static Set<Party> withModel(Result result) {
    Set<Party> parties = new TreeSet<>(Comparator.comparing(Party::toString));
    result
        .outputs()
        .forEach(
            (party, outputs) -> {
              if (outputs.model().isPresent()) {
                parties.add(party);
              }
            });
    return parties;
  }

  private static List<String> bytes(Result result) {
    return withModel(result).stream()
        .flatMap(party -> result.of(party).model().orElseThrow().messages().values().stream())
        .map(message -> HexFormat.of().formatHex(ProtobufCodec.write(message)))
        .toList();
  }

  private static List<String> rows(Result result) {
    return result.outputs().values().stream()
        .flatMap(outputs -> outputs.data().stream())
        .map(SameSeedTest::bytes)
        .toList();
  }

  private static String bytes(Table table) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      TableCodec.write(table, bytes);
      return HexFormat.of().formatHex(bytes.toByteArray());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
