package io.fedflow.federation;

/** In which form a message's content crosses to another party. */
public enum Protection {
  /** Encrypted under a key whose private half the receiver does not hold, or holds by protocol. */
  CIPHERTEXT,
  /** Blinded, masked or secret-shared: uniformly random to the receiver. */
  MASKED,
  /** In the clear, listed in the component's table "what each party learns". */
  PUBLIC
}
