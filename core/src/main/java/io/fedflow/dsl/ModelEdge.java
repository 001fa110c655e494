package io.fedflow.dsl;

/**
 * One model that flows into a task at the same party.
 *
 * @param component the component that made it
 * @param alias the name of its model output
 * @param fromPipeline whether it comes from the trained pipeline model of a predict job ({@code
 *     pipeline.x.y}) instead of an upstream task of this job
 */
public record ModelEdge(String component, String alias, boolean fromPipeline) {

  /** The reference as the DSL writes it. */
  public String reference() {
    return (fromPipeline ? "pipeline." : "") + component + '.' + alias;
  }
}
