/**
 * Oblivious transfer of one key of many: a sender makes N keys, a receiver gets the one that it
 * chose, the sender does not learn which, and the receiver learns nothing of the others. Source:
 * Hauck and Loss, Efficient and Universally Composable Protocols for Oblivious Transfer from the
 * CDH Assumption, 2017, over Edwards25519.
 *
 * <p>The sender announces {@code S = y G}. Both hash S to a point T whose logarithm nobody knows.
 * The receiver that chose c answers {@code R = c T + x G}, which is uniform whatever c is. Key i is
 * a message authentication code of {@code y (R - i T)} under S and R; for i = c that point is
 * {@code x S}.
 *
 * <p>Start at {@link io.fedflow.components.crypto.oblivious.TransferSender} and {@link
 * io.fedflow.components.crypto.oblivious.TransferReceiver}; {@link
 * io.fedflow.components.crypto.oblivious.SealedBytes} is what a key opens.
 */
package io.fedflow.components.crypto.oblivious;
