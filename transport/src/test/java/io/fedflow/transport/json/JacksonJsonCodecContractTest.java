package io.fedflow.transport.json;

import io.fedflow.spi.JsonCodec;
import io.fedflow.testkit.spi.JsonCodecContract;

class JacksonJsonCodecContractTest extends JsonCodecContract {

  private final JsonCodec codec = new JacksonJsonCodec();

  @Override
  protected JsonCodec codec() {
    return codec;
  }
}
