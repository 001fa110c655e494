package io.fedflow.testkit.store;

import io.fedflow.data.PlainTableStore;
import io.fedflow.spi.BlobStore;
import io.fedflow.spi.TableStore;

class PlainTableStoreTest extends TableStoreContract {

  @Override
  protected TableStore open(BlobStore among) {
    return new PlainTableStore(among);
  }

  @Override
  protected int manyRows() {
    return 20_000;
  }
}
