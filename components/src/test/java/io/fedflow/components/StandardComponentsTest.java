package io.fedflow.components;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.ComponentCatalog;
import org.junit.jupiter.api.Test;

class StandardComponentsTest {

  @Test
  void discover_findsTheStandardComponents() {
    assertThat(ComponentCatalog.discover().names())
        .contains("Reader", "DataIO", "DataTransform", "Intersection", "Evaluation");
  }
}
