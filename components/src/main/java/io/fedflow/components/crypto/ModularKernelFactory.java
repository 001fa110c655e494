package io.fedflow.components.crypto;

import java.math.BigInteger;

/** Makes kernels of one implementation. Immutable and thread-safe. */
public interface ModularKernelFactory {

  /** A short lower-case name for the job's log and for the choice by property. */
  String name();

  /**
   * A kernel.
   *
   * @param modulus odd, above 1
   * @throws IllegalArgumentException if the modulus is even or below 3
   */
  ModularKernel create(BigInteger modulus);

  /** The implementation that runs everywhere: plain Java on 64-bit integers. */
  static ModularKernelFactory scalar() {
    return ScalarKernel.FACTORY;
  }

  /** Plain Java loops on doubles that the compiler turns into vector instructions. */
  static ModularKernelFactory doubles() {
    return DoubleKernel.FACTORY;
  }
}
