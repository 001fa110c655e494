/** Federated algorithms and the cryptography under them. */
module io.fedflow.components {
  requires transitive io.fedflow.core;

  exports io.fedflow.components;
  exports io.fedflow.components.pipeline;

  provides io.fedflow.component.ComponentProvider with
      io.fedflow.components.StandardComponents;
}
