/** Federated algorithms and the cryptography under them. */
module io.fedflow.components {
  requires transitive io.fedflow.core;

  exports io.fedflow.components;

  provides io.fedflow.component.ComponentProvider with
      io.fedflow.components.StandardComponents;
}
