/** Federated algorithms and the cryptography under them. */
@SuppressWarnings("module") // The vector kernel comes later in the build, if at all.
module io.fedflow.components {
  requires transitive io.fedflow.core;

  exports io.fedflow.components;
  exports io.fedflow.components.pipeline;
  exports io.fedflow.components.crypto to
      io.fedflow.components.vector;
  exports io.fedflow.components.crypto.curve25519 to
      io.fedflow.components.vector;

  uses io.fedflow.components.crypto.ModularKernelFactory;
  uses io.fedflow.components.crypto.curve25519.LadderKernel;

  provides io.fedflow.component.ComponentProvider with
      io.fedflow.components.StandardComponents;
}
