package io.fedflow.model;

/**
 * A model that a component kept while it trained, without the model itself. Immutable.
 *
 * @param component the component's name
 * @param stepIndex the number of the step, such as an iteration counted from 0
 * @param stepName what the component calls the step
 * @param createTime when it was kept, in epoch milliseconds
 * @param blobKey where the model lies
 * @param digest SHA-256 of its bytes, lower-case hex
 */
public record ModelCheckpoint(
    String component,
    int stepIndex,
    String stepName,
    long createTime,
    String blobKey,
    String digest) {}
