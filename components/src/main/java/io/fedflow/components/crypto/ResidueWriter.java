package io.fedflow.components.crypto;

/** Residues that are computed piece by piece, each piece by one thread. */
@FunctionalInterface
interface ResidueWriter {

  /** Writes the residues {@code from} to {@code to - 1} in a kernel's form. */
  void write(int from, int to, long[] out, int outFrom);
}
