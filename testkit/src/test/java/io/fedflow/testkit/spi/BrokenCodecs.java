package io.fedflow.testkit.spi;

import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JsonCodec;
import java.util.Map;
import java.util.TreeMap;

/** Contracts over codecs that break one promise each; run by a test only. */
final class BrokenCodecs {

  private BrokenCodecs() {}

  /** A contract over one codec. */
  private abstract static class Over extends JsonCodecContract {

    private final JsonCodec codec;

    Over(JsonCodec codec) {
      this.codec = codec;
    }

    @Override
    protected JsonCodec codec() {
      return codec;
    }
  }

  static class LosesNulls extends Over {
    LosesNulls() {
      super(
          new SoundCodec() {
            @Override
            public String write(Object tree) {
              return super.write(tree).replace("null", "\"\"");
            }
          });
    }
  }

  static class SortsKeys extends Over {
    SortsKeys() {
      super(
          new SoundCodec() {
            @Override
            public Object read(String text) {
              Object read = super.read(text);
              return read instanceof Map<?, ?> map ? new TreeMap<>(map) : read;
            }
          });
    }
  }

  static class ReadsDoubles extends Over {
    ReadsDoubles() {
      super(
          new SoundCodec() {
            @Override
            public Object read(String text) {
              Object read = super.read(text);
              return read instanceof Number number ? number.doubleValue() : read;
            }
          });
    }
  }

  static class QuotesInfinity extends Over {
    QuotesInfinity() {
      super(
          new SoundCodec() {
            @Override
            public String write(Object tree) {
              return super.write(tree).replace("Infinity", "\"Infinity\"");
            }
          });
    }
  }

  static class AddsBlanks extends Over {
    AddsBlanks() {
      super(
          new SoundCodec() {
            @Override
            public String write(Object tree) {
              return super.write(tree).replace("\":", "\": ");
            }
          });
    }
  }

  static class HidesThePlace extends Over {
    HidesThePlace() {
      super(
          new SoundCodec() {
            @Override
            public Object read(String text) {
              try {
                return super.read(text);
              } catch (FedflowException refused) {
                throw FedflowException.invalid(refused.code(), "that is not JSON");
              }
            }
          });
    }
  }

  /** It counts brackets first, one call a level. */
  static class Overflows extends Over {
    Overflows() {
      super(
          new SoundCodec() {
            @Override
            public Object read(String text) {
              return depth(text, 0) < 0 ? null : super.read(text);
            }

            private int depth(String text, int at) {
              return at == text.length() ? 0 : 1 + depth(text, at + 1);
            }
          });
    }
  }
}
