package io.fedflow.components.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.fedflow.components.crypto.ModularKernel;
import io.fedflow.components.crypto.ModularKernelFactory;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.Optional;

/**
 * Kernels that compute in the lanes of the processor's vectors by {@code jdk.incubator.vector}. Can
 * be loaded and asked without that module. Stateless; thread-safe.
 */
public final class VectorKernels implements ModularKernelFactory {

  static final String NAME = "vector";

  private static final String MODULE = "jdk.incubator.vector";
  private static final int FEWEST_LANES = 4;

  /** The provider that {@link java.util.ServiceLoader} makes. */
  public VectorKernels() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> obstacle() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return Optional.of(
          "the module " + MODULE + " is not there; start Java with --add-modules " + MODULE);
    }
    if (LaneProducts.LANES < FEWEST_LANES) {
      return Optional.of("vectors hold " + LaneProducts.LANES + " doubles; 4 are needed");
    }
    return fusedMultiplyAdd() ? Optional.empty() : Optional.of("there is no fused multiply-add");
  }

  /** What Java says of the processor; true if it does not say, and then the trial decides. */
  private static boolean fusedMultiplyAdd() {
    try {
      HotSpotDiagnosticMXBean machine =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return machine == null || !machine.getVMOption("UseFMA").getValue().equals("false");
    } catch (IllegalArgumentException | LinkageError unknown) {
      return true;
    }
  }

  /**
   * A kernel.
   *
   * @throws NoClassDefFoundError if there is an {@link #obstacle()}
   */
  @Override
  public ModularKernel create(BigInteger modulus) {
    return new VectorKernel(modulus);
  }
}
