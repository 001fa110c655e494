package io.fedflow.transport.grpc;

/**
 * How the site of a party that is watched stands.
 *
 * @param partyId which
 * @param silentSince since when it does not answer, in milliseconds since 1970; 0 if it does
 * @param skewMillis how far its clock is ahead of ours, negative if it is behind; 0 if it is not
 *     known, or less than a round trip
 */
public record PeerPulse(String partyId, long silentSince, long skewMillis) {}
