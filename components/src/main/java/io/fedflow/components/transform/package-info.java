/**
 * From raw texts to instances: DataTransform and its older form DataIO. Every party works alone, so
 * no message crosses. Feature engineering does not live here.
 *
 * <p>Start at {@link io.fedflow.components.transform.DataTransform}; the rules of parsing are in
 * {@code RawColumns}, {@code IndexedRows}, {@code TagRows} and {@code RowTransform}. Everything is
 * immutable; thread-safe.
 */
package io.fedflow.components.transform;
