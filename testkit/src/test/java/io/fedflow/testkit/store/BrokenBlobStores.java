package io.fedflow.testkit.store;

import io.fedflow.memory.MemoryStores;
import io.fedflow.spi.BlobStore;
import io.fedflow.spi.Stores;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Contracts run against blob stores that each break one promise. Not run by themselves. */
final class BrokenBlobStores {

  private BrokenBlobStores() {}

  private static class PassingOn implements BlobStore {

    final BlobStore kept = MemoryStores.create().blobs();

    @Override
    public void write(String key, Content content) throws IOException {
      kept.write(key, content);
    }

    @Override
    public InputStream read(String key) throws IOException {
      return kept.read(key);
    }

    @Override
    public void delete(String key) throws IOException {
      kept.delete(key);
    }
  }

  private abstract static class Contract extends BlobStoreContract {

    abstract BlobStore store();

    @Override
    protected Stores open() {
      Stores whole = MemoryStores.create();
      return new Stores(
          whole.jobs(),
          whole.tracking(),
          whole.tables(),
          whole.models(),
          store(),
          whole.servers(),
          () -> {});
    }

    @Override
    protected boolean durable() {
      return false;
    }
  }

  /** B1: what was written so far is readable at every flush. */
  static class ShowsUnfinishedBlobs extends Contract {
    @Override
    BlobStore store() {
      return new PassingOn() {
        @Override
        public void write(String key, Content content) throws IOException {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          OutputStream showing =
              new FilterOutputStream(bytes) {
                @Override
                public void flush() throws IOException {
                  kept.write(key, out -> out.write(bytes.toByteArray()));
                }
              };
          content.writeTo(showing);
          showing.flush();
        }
      };
    }
  }

  /** B2: keeps the first content of a key. */
  static class KeepsTheFirstContent extends Contract {
    @Override
    BlobStore store() {
      return new PassingOn() {
        @Override
        public void write(String key, Content content) throws IOException {
          try {
            kept.read(key).close();
          } catch (io.fedflow.failure.FedflowException unknown) {
            kept.write(key, content);
          }
        }
      };
    }
  }

  /** B3: an unknown blob reads as an empty one. */
  static class InventsEmptyBlobs extends Contract {
    @Override
    BlobStore store() {
      return new PassingOn() {
        @Override
        public InputStream read(String key) throws IOException {
          BlobStore.checkKey(key);
          try {
            return kept.read(key);
          } catch (io.fedflow.failure.FedflowException unknown) {
            return InputStream.nullInputStream();
          }
        }
      };
    }
  }

  /** B5: whoever comes later wins. */
  static class ExchangesWhateverIsThere extends Contract {
    @Override
    BlobStore store() {
      return new PassingOn() {
        @Override
        public boolean exchange(String key, byte[] seen, byte[] next) throws IOException {
          if (next == null) {
            delete(key);
          } else {
            write(key, out -> out.write(next));
          }
          return true;
        }
      };
    }
  }

  /** B4: takes keys for file names of a system without case. */
  static class MixesKeysByCase extends Contract {
    @Override
    BlobStore store() {
      return new PassingOn() {
        @Override
        public void write(String key, Content content) throws IOException {
          kept.write(key.toLowerCase(java.util.Locale.ROOT), content);
        }

        @Override
        public InputStream read(String key) throws IOException {
          return kept.read(key.toLowerCase(java.util.Locale.ROOT));
        }
      };
    }
  }
}
