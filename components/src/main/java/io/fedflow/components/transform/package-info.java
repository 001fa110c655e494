/**
 * From raw texts to instances: DataTransform and its older form DataIO. Every party works alone, so
 * no message crosses. Feature engineering does not live here.
 *
 * <p>Start at {@link io.fedflow.components.transform.DataTransform}; the rules of parsing are in
 * {@code DenseFit} and {@code DenseTransform}. Everything is immutable; thread-safe.
 */
package io.fedflow.components.transform;
