/**
 * Modular arithmetic and the ladder of Curve25519 in the processor's vectors, found by {@link
 * java.util.ServiceLoader}. Optional: without this artifact, or without {@code --add-modules
 * jdk.incubator.vector}, cryptography runs on the kernels of {@code io.fedflow.components.crypto}.
 */
package io.fedflow.components.vector;
