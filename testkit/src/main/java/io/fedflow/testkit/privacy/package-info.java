/**
 * Tables whose cells cannot be met by chance, and searches for them in what others see. Start at
 * {@link io.fedflow.testkit.privacy.MarkedTables}.
 */
package io.fedflow.testkit.privacy;
