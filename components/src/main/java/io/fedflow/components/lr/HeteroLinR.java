package io.fedflow.components.lr;

import io.fedflow.components.crypto.CryptoSuite;

/**
 * Linear regression by gradients over columns that a guest and one or more hosts hold, by half of
 * the mean squared error. An arbiter holds the key and runs the optimizer, as for {@link HeteroLR}.
 * Compatible with FATE 1.11's module of the same name; optimizer {@code sqn} runs as sgd.
 * Stateless; thread-safe.
 */
public final class HeteroLinR extends LinearComponent {

  /** The component, computing on a suite. */
  public HeteroLinR(CryptoSuite suite) {
    super(Family.LINEAR, LrParameters.LINEAR, suite);
  }
}
