package io.fedflow.components.lr;

import io.fedflow.components.crypto.CryptoSuite;

/**
 * Logistic regression over columns that a guest and one or more hosts hold, with the second-order
 * Taylor loss around 0. An arbiter holds the private key and runs the optimizer; it sees gradients
 * and losses, never rows. Compatible with FATE 1.11's module of the same name; more than two
 * classes get a model each. Stateless; thread-safe.
 *
 * @see <a href="https://arxiv.org/abs/1711.10677">Hardy et al. 2017, Private federated learning on
 *     vertically partitioned data</a>
 */
public final class HeteroLR extends LinearComponent {

  /** The component, computing on a suite. */
  public HeteroLR(CryptoSuite suite) {
    super(Family.LOGISTIC, LrParameters.LOGISTIC, suite);
  }
}
