package io.fedflow.transport.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.JsonCodec;
import java.io.IOException;
import java.io.StringWriter;

/**
 * The codec on Jackson's streaming layer. Whole numbers are read as {@code Integer}, {@code Long}
 * or {@code BigInteger}, whichever is the first to hold them; other numbers as {@code Double}. Of a
 * key that stands twice the last value counts, as in Python. Thread-safe.
 */
public final class JacksonJsonCodec implements JsonCodec {

  private final JsonFactory factory;
  private final JsonLimits limits;

  /** A codec with {@link JsonLimits#DEFAULT}. */
  public JacksonJsonCodec() {
    this(JsonLimits.DEFAULT);
  }

  /** A codec with bounds of its own. */
  public JacksonJsonCodec(JsonLimits limits) {
    this.limits = limits;
    this.factory =
        JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
            // Interning user-chosen keys would let a client grow a table that never shrinks.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(limits.depth())
                    .maxDocumentLength(limits.characters())
                    .maxStringLength(limits.stringLength())
                    .maxNameLength(limits.nameLength())
                    .build())
            .streamWriteConstraints(
                StreamWriteConstraints.builder().maxNestingDepth(limits.depth()).build())
            .build();
  }

  @Override
  public String write(Object tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = factory.createGenerator(text)) {
      new TreeWriter(generator).write(tree);
    } catch (IOException e) {
      throw new FedflowException(FailureKind.BUG, "json.unwritable", "JSON: " + e.getMessage(), e);
    }
    return text.toString();
  }

  @Override
  public Object read(String text) {
    // Jackson counts a text that lies in memory only at buffer borders.
    if (text.length() > limits.characters()) {
      throw FedflowException.invalid(
          "json.malformed",
          "JSON: found " + text.length() + " characters, allowed " + limits.characters());
    }
    try (JsonParser parser = factory.createParser(text)) {
      return new TreeReader(parser).readDocument();
    } catch (IOException e) {
      throw Malformed.of(e);
    }
  }
}
