/**
 * Curve25519 for set intersection: hashes of ids become points, points are multiplied by secret
 * numbers, over batches.
 *
 * <p>Start at {@link io.fedflow.components.crypto.curve25519.CurveSecret}. Points are their u
 * coordinates (RFC 7748). A hash is mapped to the curve by Elligator 2, because a hash that is
 * taken as the coordinate itself tells one bit of every id: whether it lies on the curve or on its
 * twist survives the multiplication. Received points of low order and coordinates that are no
 * residues are refused.
 *
 * <p>Protocols that add points use {@link io.fedflow.components.crypto.curve25519.EdwardsPoint}:
 * the same curve in the form in which any two points have a sum by one formula.
 *
 * <p>No branch and no index depends on a secret number or a coordinate.
 */
package io.fedflow.components.crypto.curve25519;
