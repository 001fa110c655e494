/**
 * gRPC between the servers of parties: {@link io.fedflow.transport.grpc.PartyGrpcServer} takes
 * commands and envelopes, {@link io.fedflow.transport.grpc.GrpcLinks} sends them. The messages are
 * those of {@code fedflow/party/v1/party.proto}; nothing of protobuf or Vert.x futures leaves this
 * package. What a command means is none of its business.
 */
package io.fedflow.transport.grpc;
