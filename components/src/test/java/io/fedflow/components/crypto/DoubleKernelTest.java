package io.fedflow.components.crypto;

class DoubleKernelTest extends ModularKernelContract {

  @Override
  protected ModularKernelFactory factory() {
    return ModularKernelFactory.doubles();
  }
}
