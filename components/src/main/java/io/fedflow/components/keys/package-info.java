/**
 * Keys that one party makes and others compute under: how they are made as a conf asks, and how
 * they are checked when they arrive. Start at {@link io.fedflow.components.keys.PaillierKeys}.
 *
 * <p>A receiver compares the key with its own conf: a party whose conf asks for 2048 bits computes
 * under no shorter key, whatever the maker's conf says. Stateless; thread-safe.
 */
package io.fedflow.components.keys;
