/** Federated algorithms and the cryptography under them. */
module io.fedflow.components {
  requires transitive io.fedflow.core;
}
