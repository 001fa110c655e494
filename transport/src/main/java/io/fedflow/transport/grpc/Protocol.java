package io.fedflow.transport.grpc;

import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.MessageLite;
import com.google.protobuf.MessageOrBuilder;
import io.fedflow.failure.FedflowException;
import io.fedflow.transport.grpc.wire.Ack;
import io.fedflow.transport.grpc.wire.AnswerReply;
import io.fedflow.transport.grpc.wire.CommandReply;
import io.fedflow.transport.grpc.wire.CommandRequest;
import io.fedflow.transport.grpc.wire.Frame;
import io.fedflow.transport.grpc.wire.HelloReply;
import io.fedflow.transport.grpc.wire.HelloRequest;
import io.fedflow.transport.grpc.wire.PartyProto;
import io.fedflow.transport.grpc.wire.QuestionRequest;
import io.fedflow.transport.grpc.wire.Versions;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;

/** The version spoken here, and the calls of the protocol as seen by either end. */
final class Protocol {

  /** Raised by a change that an older server would misread. */
  static final int VERSION = 2;

  /** How many bytes of a payload may be sent before the receiver said how many it takes. */
  static final int FIRST_CREDIT = 64 << 10;

  /** To how many bytes a deflated piece may inflate. */
  static final int MOST_INFLATED = 1 << 20;

  /** The oldest version that is understood, too. */
  static final int OLDEST = 2;

  /** The header of W3C Trace Context that says to which job's trace a call belongs. */
  static final String TRACE_PARENT = "traceparent";

  /** The header of a call that names the id of the party it is for. */
  static final String TO_PARTY = "fedflow-to";

  /** The header of a call that names the job it is about. */
  static final String JOB = "fedflow-job";

  /** The header by which a server of a site marks what it passed on to another one of it. */
  static final String WITHIN = "fedflow-within";

  /** The header of a call that names the relays it went through, with commas between them. */
  static final String VIA = "fedflow-via";

  /**
   * The header by which a relay names the parties that a forwarded call comes from, as their
   * certificate does, with commas between them. Believed of relays only.
   */
  static final String CALLER = "fedflow-caller";

  /** The header of an answer by which a relay says that nothing was handed on. */
  static final String UNDELIVERED = "fedflow-undelivered";

  /** The header of an answer that tells the relays of its way, see {@link Trail}. */
  static final String TRAIL = "fedflow-trail";

  /** The service of messages between tasks. */
  static final String FEDERATION_SERVICE = "FederationService";

  static final String SOFTWARE = "fedflow/" + softwareVersion();

  static final Call<HelloRequest, HelloReply> HELLO =
      new Call<>("HelloService", "Hello", HelloReply.getDefaultInstance());
  static final Call<CommandRequest, CommandReply> SEND =
      new Call<>("CommandService", "Send", CommandReply.getDefaultInstance());
  static final Call<QuestionRequest, AnswerReply> ASK =
      new Call<>("CommandService", "Ask", AnswerReply.getDefaultInstance());
  static final Call<Frame, Ack> EXCHANGE =
      new Call<>(FEDERATION_SERVICE, "Exchange", Ack.getDefaultInstance());

  static final HelloRequest GREETING =
      HelloRequest.newBuilder().setProtocol(VERSION).setSoftware(SOFTWARE).build();

  private Protocol() {}

  /**
   * One call. The generated stubs are not used: they answer a message that cannot be decoded by a
   * bare reset, and they hide deadlines and back-pressure.
   */
  static final class Call<Q extends MessageLite, R extends MessageLite> {

    private final ServiceName service;
    private final String method;
    private final GrpcMessageDecoder<R> replies;

    private Call(String service, String method, MessageOrBuilder reply) {
      // Looked up, so that a name that is not in the proto file fails when the class is loaded.
      MethodDescriptor found =
          PartyProto.getDescriptor().findServiceByName(service).findMethodByName(method);
      this.service = ServiceName.create(found.getService().getFullName());
      this.method = found.getName();
      this.replies = GrpcMessageDecoder.decoder(reply);
    }

    /** How signatures name the call. */
    String name() {
      return service.name() + '/' + method;
    }

    ServiceMethod<R, Q> client() {
      return ServiceMethod.client(service, method, GrpcMessageEncoder.encoder(), replies);
    }

    /** The same, for who writes the bytes of its requests himself. */
    ServiceMethod<R, Buffer> bytesClient() {
      return ServiceMethod.client(service, method, GrpcMessageEncoder.IDENTITY, replies);
    }

    /** Requests stay bytes, so that the server can say what is wrong with them. */
    ServiceMethod<Buffer, R> server() {
      return ServiceMethod.server(
          service, method, GrpcMessageEncoder.encoder(), GrpcMessageDecoder.IDENTITY);
    }
  }

  /** How signatures name a call that arrived. */
  static String method(String fullMethodName) {
    return fullMethodName.substring(fullMethodName.lastIndexOf('.') + 1);
  }

  /** Whether a relay says that it handed nothing of a call on. */
  static boolean undelivered(GrpcClientResponse<?, ?> response) {
    return response.headers().contains(UNDELIVERED);
  }

  static Versions versions() {
    return Versions.newBuilder().setOldest(OLDEST).setNewest(VERSION).build();
  }

  /**
   * Refuses a peer that speaks another version.
   *
   * @throws FedflowException {@code protocol.version} of kind PEER
   */
  static void requireKnown(int version) {
    if (version != VERSION) {
      throw FedflowException.peer(
          "protocol.version",
          "the caller speaks protocol version "
              + Integer.toUnsignedString(version)
              + ", this site ("
              + SOFTWARE
              + ") speaks version "
              + VERSION
              + " only; bring both sites to releases that share a version");
    }
  }

  private static String softwareVersion() {
    String version = Protocol.class.getPackage().getImplementationVersion();
    return version == null ? "unreleased" : version;
  }
}
