package io.fedflow.components;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.party.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page that lists all components, made of what they declare and of the tests beside them.
 * {@code -Dfedflow.components.write=true} writes it anew.
 */
class ComponentsPageTest {

  private static final Path PAGE = Path.of("docs", "components.md");
  private static final Path TESTS = Path.of("src", "test", "java");

  private static final String HEAD =
      """
      # Components

      Written by `ComponentsPageTest` from what the components declare; it fails when they no longer agree. Example jobs: in
      how many of the 202 DSL files of FATE 1.11's examples the module occurs. What crosses between parties, and what each
      learns of it, is in [what each party learns](what-each-party-learns.md); every parameter with its default and range in
      the pages of the server (`/fedflow/api`, `component/get`).

      | component | roles | protocol | messages | parameters | example jobs | tests |
      |---|---|---|---|---|---|---|
      """;

  @Test
  void thePageListsEveryComponent() throws IOException {
    Properties sources = read("protocol-sources.properties");
    Properties jobs = read("fate-example-jobs.properties");
    List<Component> components =
        new StandardComponents()
            .components().stream()
                .sorted(Comparator.comparing(one -> one.descriptor().module()))
                .toList();
    assertThat(sources.stringPropertyNames())
        .as("every component says where its protocol comes from")
        .containsExactlyInAnyOrderElementsOf(
            components.stream().map(one -> one.descriptor().module()).toList());
    StringBuilder page = new StringBuilder(HEAD);
    for (Component component : components) {
      page.append(row(component, sources, jobs)).append('\n');
    }
    page.append("\n## Parameters\n");
    for (Component component : components) {
      ComponentDescriptor what = component.descriptor();
      page.append("\n- **").append(what.module()).append("**: ");
      page.append(
          what.parameters().names().isEmpty()
              ? "none."
              : what.parameters().names().stream().sorted().collect(Collectors.joining(", "))
                  + '.');
    }
    page.append('\n');
    if (Boolean.getBoolean("fedflow.components.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(page.toString())
        .as("run this test with -Dfedflow.components.write=true")
        .isEqualTo(Files.readString(PAGE));
  }

  private static String row(Component component, Properties sources, Properties jobs)
      throws IOException {
    ComponentDescriptor what = component.descriptor();
    List<String> tests = tests(component);
    assertThat(tests).as("tests of " + what.module()).isNotEmpty();
    return Stream.of(
            what.module()
                + what.aliases().stream()
                    .sorted()
                    .map(alias -> " (also " + alias + ")")
                    .collect(Collectors.joining()),
            what.roles().stream().map(Role::name).sorted().collect(Collectors.joining(", ")),
            sources.getProperty(what.module()),
            String.valueOf(what.messages().size()),
            String.valueOf(what.parameters().names().size()),
            jobs.getProperty(what.module(), "0"),
            String.join(", ", tests))
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  /** The classes of tests in the package of a component. */
  private static List<String> tests(Component component) throws IOException {
    Path folder = TESTS.resolve(component.getClass().getPackageName().replace('.', '/'));
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Test.java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .sorted()
          .toList();
    }
  }

  private static Properties read(String name) throws IOException {
    Properties read = new Properties();
    try (InputStream in = ComponentsPageTest.class.getResourceAsStream(name)) {
      read.load(in);
    }
    return read;
  }
}
