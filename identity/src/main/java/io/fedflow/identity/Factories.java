package io.fedflow.identity;

import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;

/**
 * The form in which network libraries ask for managers. Those of Vert.x that do the same need a
 * logging library, which we do not have.
 */
final class Factories {

  private Factories() {}

  static KeyManagerFactory of(KeyManager manager) {
    return new OneKeyManager(manager);
  }

  static TrustManagerFactory of(TrustManager manager) {
    return new OneTrustManager(manager);
  }

  private static Provider provider() {
    try {
      return KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()).getProvider();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK has no key managers", e);
    }
  }

  private static final class OneKeyManager extends KeyManagerFactory {
    OneKeyManager(KeyManager manager) {
      super(
          new KeyManagerFactorySpi() {
            @Override
            protected void engineInit(KeyStore store, char[] password) {
              // There is nothing to prepare.
            }

            @Override
            protected void engineInit(ManagerFactoryParameters parameters) {
              // There is nothing to prepare.
            }

            @Override
            protected KeyManager[] engineGetKeyManagers() {
              return new KeyManager[] {manager};
            }
          },
          provider(),
          "fedflow");
    }
  }

  private static final class OneTrustManager extends TrustManagerFactory {
    OneTrustManager(TrustManager manager) {
      super(
          new TrustManagerFactorySpi() {
            @Override
            protected void engineInit(KeyStore store) {
              // There is nothing to prepare.
            }

            @Override
            protected void engineInit(ManagerFactoryParameters parameters) {
              // There is nothing to prepare.
            }

            @Override
            protected TrustManager[] engineGetTrustManagers() {
              return new TrustManager[] {manager};
            }
          },
          provider(),
          "fedflow");
    }
  }
}
