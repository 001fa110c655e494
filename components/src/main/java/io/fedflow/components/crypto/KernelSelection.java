package io.fedflow.components.crypto;

import io.fedflow.components.crypto.CryptoException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Chooses a kernel by name, or by self-test and trial. */
final class KernelSelection {

  private KernelSelection() {}

  /** The kernels of that name, all if it is null; refused if there are none. */
  static List<ModularKernelFactory> named(List<ModularKernelFactory> kernels, String wanted) {
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
    return candidates;
  }

  static KernelChoice choose(List<ModularKernelFactory> kernels, String wanted) {
    List<ModularKernelFactory> candidates = named(kernels, wanted);
    if (wanted != null) {
      return forced(candidates.get(0));
    }
    List<String> notes = new ArrayList<>();
    List<ModularKernelFactory> usable = usable(candidates, notes);
    double[] nanos = KernelTrial.nanosOfProducts(usable);
    for (int i = 0; i < usable.size(); i++) {
      ModularKernelFactory kernel = usable.get(i);
      if (!fastest(nanos, i)) {
        notes.add(kernel.name() + ": slower, " + micros(nanos[i]));
      } else if (KernelSelfTest.passes(kernel)) {
        rest(usable, nanos, i, notes);
        String speed = usable.size() == 1 ? "" : " " + micros(nanos[i]);
        return new KernelChoice(kernel, kernel.name() + speed + notes(notes));
      } else {
        notes.add(kernel.name() + ": wrong results");
        nanos[i] = Double.POSITIVE_INFINITY;
      }
    }
    throw new CryptoException(Reason.SELF_TEST, "no kernel can be used:" + notes(notes));
  }

  private static KernelChoice forced(ModularKernelFactory kernel) {
    Optional<String> obstacle = kernel.obstacle();
    if (obstacle.isPresent()) {
      throw new CryptoException(
          Reason.UNSUPPORTED,
          CryptoSuite.KERNEL_PROPERTY + " is " + kernel.name() + ", but " + obstacle.get());
    }
    if (!KernelSelfTest.passes(kernel)) {
      throw new CryptoException(Reason.SELF_TEST, "wrong results from " + kernel.name());
    }
    return new KernelChoice(
        kernel, kernel.name() + ", as " + CryptoSuite.KERNEL_PROPERTY + " says");
  }

  private static List<ModularKernelFactory> usable(
      List<ModularKernelFactory> candidates, List<String> notes) {
    List<ModularKernelFactory> usable = new ArrayList<>();
    for (ModularKernelFactory candidate : candidates) {
      Optional<String> obstacle = candidate.obstacle();
      if (obstacle.isPresent()) {
        notes.add(candidate.name() + ": " + obstacle.get());
      } else {
        usable.add(candidate);
      }
    }
    return usable;
  }

  /** Whether none after it is faster; those before it are already passed over. */
  private static boolean fastest(double[] nanos, int index) {
    for (int later = index + 1; later < nanos.length; later++) {
      if (nanos[later] < nanos[index]) {
        return false;
      }
    }
    return true;
  }

  private static void rest(
      List<ModularKernelFactory> usable, double[] nanos, int chosen, List<String> notes) {
    for (int later = chosen + 1; later < nanos.length; later++) {
      notes.add(usable.get(later).name() + " " + micros(nanos[later]));
    }
  }

  private static String micros(double nanos) {
    return String.format(Locale.ROOT, "%.1f us", nanos / 1000);
  }

  private static String notes(List<String> notes) {
    return notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")";
  }
}
