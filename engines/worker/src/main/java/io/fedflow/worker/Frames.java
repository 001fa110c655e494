package io.fedflow.worker;

import io.fedflow.failure.FedflowException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Both directions of a worker's streams: a 32-bit length, a type byte and a body of that length
 * less one, big-endian. A table or model is a row of {@code CHUNK} frames and an {@code END}, with
 * any other frames between them.
 */
final class Frames {

  /** Both sides are of one class path; another number means that they are not. */
  static final int PROTOCOL = 4;

  /** The largest frame: a message with room to spare for its head. */
  static final int MAX_BYTES = (1 << 30) + (1 << 20);

  private static final int CHUNK_BYTES = 1 << 16;

  private Frames() {}

  /** What a frame says. The order is part of the protocol. */
  enum Type {
    /** To the worker: what to run. Its tables and models follow. */
    START,
    /** A piece of a table or model. */
    CHUNK,
    /** The end of a table or model. */
    END,
    /** To the worker: stop. */
    CANCEL,
    /** To the worker: the answer to a request. */
    ANSWER,
    /** To the worker: a request was refused. */
    REFUSAL,
    /** To the worker: the answer to a request is the table that follows. */
    TABLE,
    /** To the server: the component runs. */
    RUNNING,
    /** To the server: a line of the log. */
    LOG,
    /** To the server: points of a metric. */
    METRIC,
    /** To the server: the description of a metric. */
    META,
    /** To the server: the summary. */
    SUMMARY,
    /** To the server: how far it is. */
    PROGRESS,
    /** To the server, a request: send a message. */
    SEND,
    /** To the server, a request: receive a message. */
    RECEIVE,
    /** To the server, a request: a table by name. */
    READ_TABLE,
    /** To the server, a request: an output of another task. */
    READ_OUTPUT,
    /** To the server, a request: keep a checkpoint. */
    KEEP,
    /** To the server, a request: keep the model of a step. */
    KEEP_MODEL,
    /** To the server, a request: the checkpoint of an earlier attempt. */
    RESTORE,
    /** To the server: the component ended well. Its tables and model follow. */
    OUTPUTS,
    /** To the server: the component threw. */
    FAILED
  }

  /** A frame that came in. */
  record Frame(Type type, byte[] body) {
    Packet.Reader reader() {
      return new Packet.Reader(body);
    }
  }

  /** Takes the frames that stand between the pieces of a table or model. */
  interface Handler {
    void handle(Frame frame) throws IOException;
  }

  /** Writes frames, one at a time. Thread-safe. */
  static final class Out {
    private final DataOutputStream out;

    Out(OutputStream out) {
      this.out = new DataOutputStream(out);
    }

    /**
     * Writes a frame whose body is in pieces, and sends it off.
     *
     * @throws FedflowException {@code worker.frame} if it is too large; nothing was written then
     */
    synchronized void write(Type type, byte[]... body) throws IOException {
      long length = 1;
      for (byte[] piece : body) {
        length += piece.length;
      }
      if (length > MAX_BYTES) {
        throw FedflowException.invalid(
            "worker.frame",
            "a worker process takes and gives "
                + MAX_BYTES
                + " bytes at once, found "
                + length
                + "; send it in parts");
      }
      out.writeInt((int) length);
      out.writeByte(type.ordinal());
      for (byte[] piece : body) {
        out.write(piece);
      }
      out.flush();
    }

    /** A stream whose bytes become chunks; closing it ends them. One at a time. */
    OutputStream chunks() {
      return new OutputStream() {
        private final byte[] chunk = new byte[CHUNK_BYTES];
        private int filled;

        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          int done = 0;
          while (done < length) {
            int step = Math.min(length - done, CHUNK_BYTES - filled);
            System.arraycopy(bytes, offset + done, chunk, filled, step);
            filled += step;
            done += step;
            if (filled == CHUNK_BYTES) {
              send();
            }
          }
        }

        private void send() throws IOException {
          if (filled > 0) {
            Out.this.write(Type.CHUNK, java.util.Arrays.copyOf(chunk, filled));
            filled = 0;
          }
        }

        @Override
        public void close() throws IOException {
          send();
          Out.this.write(Type.END);
        }
      };
    }
  }

  /** Reads frames. For one thread. */
  static final class In {
    private final DataInputStream in;

    In(InputStream in) {
      this.in = new DataInputStream(in);
    }

    /**
     * Reads the next frame.
     *
     * @return null at the end of the stream
     * @throws IOException if what comes is no frame, or is cut short
     */
    Frame next() throws IOException {
      int first = in.read();
      if (first < 0) {
        return null;
      }
      int length =
          first << 24
              | in.readUnsignedByte() << 16
              | in.readUnsignedByte() << 8
              | in.readUnsignedByte();
      if (length < 1 || length > MAX_BYTES) {
        throw new IOException("a frame of " + length + " bytes, allowed 1.." + MAX_BYTES);
      }
      int type = in.readUnsignedByte();
      if (type >= Type.values().length) {
        throw new IOException("a frame of the unknown type " + type);
      }
      byte[] body = in.readNBytes(length - 1);
      if (body.length < length - 1) {
        throw new EOFException("a frame is cut short");
      }
      return new Frame(Type.values()[type], body);
    }

    /**
     * The table or model that comes next.
     *
     * @param others takes what stands between its pieces
     */
    InputStream chunks(Handler others) {
      return new InputStream() {
        private byte[] chunk = new byte[0];
        private int at;
        private boolean over;

        private boolean fill() throws IOException {
          while (at == chunk.length && !over) {
            Frame frame = next();
            if (frame == null) {
              throw new EOFException("a table or model is cut short");
            }
            switch (frame.type()) {
              case CHUNK -> {
                chunk = frame.body();
                at = 0;
              }
              case END -> over = true;
              default -> others.handle(frame);
            }
          }
          return !over;
        }

        @Override
        public int read() throws IOException {
          return fill() ? chunk[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          if (length == 0) {
            return 0;
          }
          if (!fill()) {
            return -1;
          }
          int step = Math.min(length, chunk.length - at);
          System.arraycopy(chunk, at, bytes, offset, step);
          at += step;
          return step;
        }
      };
    }
  }
}
