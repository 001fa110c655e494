package io.fedflow.components.lr;

import io.fedflow.components.crypto.CryptoSuite;

/**
 * Poisson regression with logarithmic link over columns of a guest and one host: counts, of which a
 * row's exposure may tell how long they were counted. An arbiter holds the key and runs the
 * optimizer, as for {@link HeteroLR}. The host sends {@code e^z} of its part encrypted, the guest
 * multiplies. Compatible with FATE 1.11's module of the same name. Stateless; thread-safe.
 */
public final class HeteroPoisson extends LinearComponent {

  /** The component, computing on a suite. */
  public HeteroPoisson(CryptoSuite suite) {
    super(Family.POISSON, LrParameters.POISSON, suite);
  }
}
