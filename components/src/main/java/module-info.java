/** Federated algorithms and the cryptography under them. */
@SuppressWarnings("module") // The vector kernel comes later in the build, if at all.
module io.fedflow.components {
  requires transitive io.fedflow.core;

  exports io.fedflow.components;
  exports io.fedflow.components.pipeline;
  exports io.fedflow.components.crypto to
      io.fedflow.components.vector;

  uses io.fedflow.components.crypto.ModularKernelFactory;

  provides io.fedflow.component.ComponentProvider with
      io.fedflow.components.StandardComponents;
}
