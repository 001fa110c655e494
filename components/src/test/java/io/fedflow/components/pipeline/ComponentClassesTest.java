package io.fedflow.components.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.Component;
import io.fedflow.components.StandardComponents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The typed components are what the schemas say. With {@code -Dfedflow.regenerate=true} they are
 * written anew; {@code spotless:apply} lays them out.
 */
class ComponentClassesTest {

  private static final Path FOLDER = Path.of("src/main/java/io/fedflow/components/pipeline");

  /** What FATE's classes put out, as constants of ComponentOutputs. */
  private static final Map<String, String> OUTPUTS =
      Map.ofEntries(
          Map.entry("HeteroPearson", "MODEL"),
          Map.entry("FeldmanVerifiableSum", "DATA"),
          Map.entry("LocalBaseline", "DATA_AND_MODEL"),
          Map.entry("SecureInformationRetrieval", "DATA_AND_MODEL"),
          Map.entry("PositiveUnlabeled", "DATA"),
          Map.entry("Scorecard", "DATA"),
          Map.entry("PSI", "MODEL"),
          Map.entry("OneHotEncoder", "DATA_AND_MODEL"),
          Map.entry("FederatedSample", "DATA"),
          Map.entry("Union", "DATA"),
          Map.entry("SampleWeight", "DATA_AND_MODEL"),
          Map.entry("LabelTransform", "DATA_AND_MODEL"),
          Map.entry("HomoDataSplit", "SPLIT"),
          Map.entry("HomoFeatureBinning", "DATA_AND_MODEL"),
          Map.entry("HomoLR", "DATA_AND_MODEL"),
          Map.entry("HomoOneHotEncoder", "DATA_AND_MODEL"),
          Map.entry("HeteroDataSplit", "SPLIT"),
          Map.entry("ColumnExpand", "DATA_AND_MODEL"),
          Map.entry("DataIO", "DATA_AND_MODEL"),
          Map.entry("DataStatistics", "MODEL"),
          Map.entry("DataTransform", "DATA_AND_MODEL"),
          Map.entry("Evaluation", "DATA"),
          Map.entry("FeatureImputation", "DATA_AND_MODEL"),
          Map.entry("FeatureScale", "DATA_AND_MODEL"),
          Map.entry("HeteroFeatureBinning", "DATA_AND_MODEL"),
          Map.entry("HeteroFeatureSelection", "DATA_AND_MODEL"),
          Map.entry("HeteroLR", "DATA_AND_MODEL"),
          Map.entry("HeteroLinR", "DATA_AND_MODEL"),
          Map.entry("HeteroPoisson", "DATA_AND_MODEL"),
          Map.entry("HeteroSecureBoost", "DATA_AND_MODEL"),
          Map.entry("Intersection", "DATA_AND_CACHE"),
          Map.entry("Reader", "DATA"),
          Map.entry("SecureAddExample", "NONE"));

  static Stream<String> modules() {
    return new StandardComponents().components().stream().map(ComponentClassesTest::module);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void everyComponent_hasAClassThatIsUpToDate(String module) throws IOException {
    Component component =
        new StandardComponents()
            .components().stream().filter(c -> module(c).equals(module)).findFirst().orElseThrow();
    assertThat(OUTPUTS).as("outputs of the new module").containsKey(module);
    String provider = module.equals("Reader") ? "fate_flow" : "fate";
    String source =
        new ComponentClass(component.descriptor(), provider, OUTPUTS.get(module)).source();
    Path file = FOLDER.resolve(module + ".java");
    if (Boolean.getBoolean("fedflow.regenerate")) {
      Files.writeString(file, source);
    }
    assertThat(file).as("run with -Dfedflow.regenerate=true").exists();
    assertThat(bare(Files.readString(file)))
        .as("run with -Dfedflow.regenerate=true")
        .isEqualTo(bare(source));
  }

  @Test
  void noClass_isLeftOver() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".java", "")))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(modules(), Stream.of("package-info")).toList());
    }
  }

  private static String module(Component component) {
    return component.descriptor().module();
  }

  /** Without what a formatter may change. */
  private static String bare(String source) {
    return source.replaceAll("[\\s*]+", "");
  }
}
