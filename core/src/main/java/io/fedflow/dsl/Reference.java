package io.fedflow.dsl;

/**
 * A reference of one component to an output of another, as written and not yet looked up.
 *
 * @param kind the data key for tables; {@code model}, {@code isometric_model} or {@code cache}
 * @param node where it is written
 * @param owner what stands before the first dot: a component, or {@code args}
 * @param output what stands behind it
 * @param fromPipeline whether {@code pipeline.} stood in front
 */
record Reference(
    String kind, DocumentNode node, String owner, String output, boolean fromPipeline) {}
