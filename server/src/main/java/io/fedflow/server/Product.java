package io.fedflow.server;

/** What this build is. */
public final class Product {

  private Product() {}

  /** The version of the jar, or {@code development} for classes outside one. */
  public static String version() {
    String version = Product.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
