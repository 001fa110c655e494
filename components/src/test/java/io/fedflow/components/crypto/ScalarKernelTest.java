package io.fedflow.components.crypto;

class ScalarKernelTest extends ModularKernelContract {

  @Override
  protected ModularKernelFactory factory() {
    return ModularKernelFactory.scalar();
  }
}
