package io.fedflow.components.intersection;

/** The keys of a host's ids, {@link KeyIndex#WIDTH} bytes each, in the order of its list. */
interface HostKeys {

  /** How many. */
  int count();

  /** Gives all of them, cut as {@link Batches} says. */
  void giveTo(PartsInBatches.Taker taker) throws InterruptedException;
}
