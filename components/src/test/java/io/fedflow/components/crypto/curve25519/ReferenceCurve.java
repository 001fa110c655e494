package io.fedflow.components.crypto.curve25519;

import java.math.BigInteger;
import java.util.Optional;

/** Curve25519 by the textbook: affine points, chords and tangents, in {@link BigInteger}. */
final class ReferenceCurve {

  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  static final BigInteger A = BigInteger.valueOf(486_662);

  private ReferenceCurve() {}

  /** An affine point; the point at infinity is null. */
  record Point(BigInteger u, BigInteger v) {}

  /** A point with a coordinate, if the curve has one. */
  static Optional<Point> lift(BigInteger u) {
    BigInteger square = u.pow(3).add(A.multiply(u).multiply(u)).add(u).mod(P);
    if (square.signum() != 0
        && !square.modPow(P.subtract(BigInteger.ONE).shiftRight(1), P).equals(BigInteger.ONE)) {
      return Optional.empty();
    }
    // p = 5 mod 8 (Atkin)
    BigInteger root = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!root.multiply(root).mod(P).equals(square)) {
      root =
          root.multiply(BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P)).mod(P);
    }
    return Optional.of(new Point(u, root));
  }

  static Point multiply(BigInteger k, Point point) {
    Point sum = null;
    for (int bit = k.bitLength() - 1; bit >= 0; bit--) {
      sum = add(sum, sum);
      if (k.testBit(bit)) {
        sum = add(sum, point);
      }
    }
    return sum;
  }

  static Point add(Point a, Point b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    BigInteger slope;
    if (!a.u().equals(b.u())) {
      slope = b.v().subtract(a.v()).multiply(b.u().subtract(a.u()).modInverse(P));
    } else if (!a.v().equals(b.v()) || a.v().signum() == 0) {
      return null;
    } else {
      BigInteger above =
          a.u()
              .pow(2)
              .multiply(BigInteger.valueOf(3))
              .add(A.multiply(a.u()).shiftLeft(1))
              .add(BigInteger.ONE);
      slope = above.multiply(a.v().shiftLeft(1).modInverse(P));
    }
    BigInteger u = slope.pow(2).subtract(A).subtract(a.u()).subtract(b.u()).mod(P);
    return new Point(u, slope.multiply(a.u().subtract(u)).subtract(a.v()).mod(P));
  }
}
