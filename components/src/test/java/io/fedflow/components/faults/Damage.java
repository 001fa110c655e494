package io.fedflow.components.faults;

import io.fedflow.components.crypto.PaillierPublicKey;
import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.Payload;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** What a broken peer may make of a message. */
enum Damage {
  /** One value is missing, or one byte. */
  CUT {
    @Override
    Payload of(Payload sound) {
      return switch (sound.format()) {
        case LONGS -> Payload.ofLongs(Arrays.copyOf(sound.asLongs(), sound.asLongs().length - 1));
        case DOUBLES ->
            Payload.ofDoubles(Arrays.copyOf(sound.asDoubles(), sound.asDoubles().length - 1));
        case TEXTS -> Payload.ofTexts(sound.asTexts().subList(0, sound.asTexts().size() - 1));
        default ->
            new Payload(sound.format(), Arrays.copyOf(sound.bytes(), sound.bytes().length - 1));
      };
    }
  },

  /** The message is of another form. */
  FORM {
    @Override
    Payload of(Payload sound) {
      return sound.format() == Payload.Format.DOUBLES
          ? Payload.ofTexts(List.of("a"))
          : Payload.ofDoubles(1, 2);
    }
  },

  /** The last number is none. */
  NAN {
    @Override
    Payload of(Payload sound) {
      if (sound.format() != Payload.Format.DOUBLES) {
        return sound;
      }
      double[] values = sound.asDoubles();
      values[values.length - 1] = Double.NaN;
      return Payload.ofDoubles(values);
    }
  },

  /** A public key is of 512 bits. */
  SHORT_KEY {
    @Override
    Payload of(Payload sound) {
      return isKey(sound) ? Payload.ofBytes(shortKey(sound.bytes()[0])) : sound;
    }

    /** Paillier's keys and those of RSA have the same form: version, two numbers with lengths. */
    private boolean isKey(Payload sound) {
      try {
        PaillierPublicKey.decode(sound.as(Payload.Format.BYTES));
        return true;
      } catch (FedflowException other) {
        return false;
      }
    }

    private byte[] shortKey(byte version) {
      byte[] modulus = BigInteger.ONE.shiftLeft(511).setBit(0).toByteArray();
      byte[] second = BigInteger.valueOf(65537).toByteArray();
      return ByteBuffer.allocate(1 + 4 + modulus.length + 4 + second.length)
          .put(version)
          .putInt(modulus.length)
          .put(modulus)
          .putInt(second.length)
          .put(second)
          .array();
    }
  },

  /** The last ciphertext is larger than any under the key. */
  CIPHERTEXT {
    @Override
    Payload of(Payload sound) {
      if (sound.format() != Payload.Format.CIPHERTEXTS) {
        return sound;
      }
      byte[] bytes = sound.bytes().clone();
      // Keys are of 1024 bits, ciphertexts of 256 bytes.
      Arrays.fill(bytes, bytes.length - 250, bytes.length, (byte) 0xff);
      return new Payload(sound.format(), bytes);
    }
  };

  /** A damaged payload, or an equal one where this damage does not apply. */
  abstract Payload of(Payload sound);

  /** Whether a message can be damaged so. */
  boolean appliesTo(Envelope message) {
    Payload sound = message.payload();
    boolean empty =
        switch (sound.format()) {
          case LONGS -> sound.asLongs().length == 0;
          case DOUBLES -> sound.asDoubles().length == 0;
          case TEXTS -> sound.asTexts().isEmpty();
          default -> sound.bytes().length == 0;
        };
    return !empty && !of(sound).equals(sound);
  }

  /** Damages the first message like another one, and passes on all others. */
  UnaryOperator<Envelope> once(Envelope like) {
    return new UnaryOperator<>() {
      private boolean done;

      @Override
      public synchronized Envelope apply(Envelope sent) {
        boolean alike =
            sent.tag().equals(like.tag())
                && sent.from().equals(like.from())
                && sent.to().equals(like.to());
        if (done || !alike || !appliesTo(sent)) {
          return sent;
        }
        done = true;
        return new Envelope(sent.task(), sent.from(), sent.to(), sent.tag(), of(sent.payload()));
      }
    };
  }
}
