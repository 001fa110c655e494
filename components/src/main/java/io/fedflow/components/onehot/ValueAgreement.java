package io.fedflow.components.onehot;

/** How a party comes to the values that its columns get, beyond its own. */
interface ValueAgreement {

  /** Its own values are all. */
  ValueAgreement NONE =
      new ValueAgreement() {
        @Override
        public OneHotModel agree(OneHotModel own) {
          return own;
        }

        @Override
        public void skip() {}
      };

  /** The values of all parties, in place of own ones. */
  OneHotModel agree(OneHotModel own) throws InterruptedException;

  /** Tells that a model is applied, so that nothing is agreed on. */
  void skip() throws InterruptedException;
}
