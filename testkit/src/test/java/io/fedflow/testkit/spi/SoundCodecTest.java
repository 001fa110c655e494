package io.fedflow.testkit.spi;

import io.fedflow.spi.JsonCodec;

class SoundCodecTest extends JsonCodecContract {

  private final JsonCodec codec = new SoundCodec();

  @Override
  protected JsonCodec codec() {
    return codec;
  }
}
