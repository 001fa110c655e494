/**
 * Public keys of partners. Start at {@link io.fedflow.key.PartnerKeys}. Everything is thread-safe.
 */
package io.fedflow.key;
