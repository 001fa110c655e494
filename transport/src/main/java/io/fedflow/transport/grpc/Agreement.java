package io.fedflow.transport.grpc;

import io.fedflow.transport.grpc.wire.HelloReply;

/**
 * What a site said it takes, besides what every release of the protocol's version takes.
 *
 * @param deflated whether pieces may be deflated
 * @param firstPiece whether the first piece may come inside the header
 */
record Agreement(boolean deflated, boolean firstPiece) {

  /** What the site of a reply takes; nothing more if it is of a release that does not say. */
  static Agreement of(HelloReply reply) {
    return new Agreement(reply.getTakesDeflated(), reply.getTakesFirstPiece());
  }

  /** The same, but the first piece comes after the header. */
  Agreement withoutFirstPiece() {
    return new Agreement(deflated, false);
  }

  /** Says so in a reply. */
  void tell(HelloReply.Builder reply) {
    reply.setTakesDeflated(deflated).setTakesFirstPiece(firstPiece);
  }
}
