package io.fedflow.components.crypto;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Makes kernels of one implementation. Immutable and thread-safe. Further implementations are found
 * by {@link java.util.ServiceLoader}, and preferred to those that are always there.
 */
public interface ModularKernelFactory {

  /** A short lower-case name for the job's log and for the choice by property. */
  String name();

  /**
   * Why this implementation cannot run here, in words for the job's log: a missing module, a
   * missing instruction. Empty if it can; then self-test and trial decide.
   */
  default Optional<String> obstacle() {
    return Optional.empty();
  }

  /**
   * A kernel; only called if there is no {@link #obstacle()}.
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
