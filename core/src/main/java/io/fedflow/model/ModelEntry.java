package io.fedflow.model;

import io.fedflow.party.Party;

/**
 * What the registry knows of a component model. Immutable.
 *
 * @param modelId the pipeline model's id, the same for all parties
 * @param modelVersion the pipeline model's version: the id of the job that made it
 * @param party whose part
 * @param component the component's name
 * @param module the module that made it
 * @param alias the DSL's name of the model output
 * @param blobKey where its bytes lie
 * @param digest SHA-256 of its bytes, lower-case hex
 * @param createTime epoch milliseconds
 */
public record ModelEntry(
    String modelId,
    String modelVersion,
    Party party,
    String component,
    String module,
    String alias,
    String blobKey,
    String digest,
    long createTime) {}
