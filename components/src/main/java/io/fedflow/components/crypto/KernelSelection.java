package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.util.List;

/** Chooses a kernel by name and self-test. */
final class KernelSelection {

  private KernelSelection() {}

  static ModularKernelFactory choose(List<ModularKernelFactory> kernels, String wanted) {
    List<ModularKernelFactory> candidates =
        kernels.stream().filter(k -> wanted == null || k.name().equals(wanted)).toList();
    if (candidates.isEmpty()) {
      throw new CryptoException(
          Reason.UNSUPPORTED,
          "no kernel is named "
              + wanted
              + " ("
              + CryptoSuite.KERNEL_PROPERTY
              + "); known: "
              + kernels.stream().map(ModularKernelFactory::name).toList());
    }
    for (ModularKernelFactory candidate : candidates) {
      if (KernelSelfTest.passes(candidate)) {
        return candidate;
      }
    }
    throw new CryptoException(
        Reason.SELF_TEST,
        "wrong results from " + candidates.stream().map(ModularKernelFactory::name).toList());
  }
}
