package io.fedflow.components.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;

/** The kernels of this process, and what was chosen of them. Thread-safe. */
final class StandardKernels {

  private static final String ANY = "";

  /** By wanted name. */
  private static final Map<String, KernelChoice> CHOSEN = new ConcurrentHashMap<>();

  private StandardKernels() {}

  /** A suite that chooses, once for all suites of the process, when its kernel is needed. */
  static CryptoSuite suite(String wanted) {
    List<ModularKernelFactory> kernels = all();
    KernelSelection.named(kernels, wanted);
    String name = wanted == null ? ANY : wanted;
    return new DefaultCryptoSuite(
        () -> CHOSEN.computeIfAbsent(name, n -> KernelSelection.choose(kernels, wanted)));
  }

  /** Those of other artifacts before those that are always there. */
  private static List<ModularKernelFactory> all() {
    List<ModularKernelFactory> kernels = new ArrayList<>();
    ServiceLoader.load(ModularKernelFactory.class, StandardKernels.class.getClassLoader())
        .forEach(kernels::add);
    kernels.add(ModularKernelFactory.doubles());
    kernels.add(ModularKernelFactory.scalar());
    return List.copyOf(kernels);
  }
}
