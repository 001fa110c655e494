package io.fedflow.dsl;

import java.util.List;

/**
 * What a conf asks to be taken over from an ended job instead of being run.
 *
 * @param jobId the ended job
 * @param components which components, in conf order; at least one
 */
public record Inherits(String jobId, List<String> components) {

  /** Copies the list. */
  public Inherits {
    components = List.copyOf(components);
  }
}
