package io.fedflow.transport.http.modelfile;

/** Where things lie in a model file. */
final class ArchiveEntries {

  /** Which form of the file this is. */
  static final int FORMAT = 1;

  /** The SHA-256 digest of every other entry; the last one. */
  static final String MANIFEST = "fedflow/manifest.json";

  /** The version's row. */
  static final String PIPELINE = "fedflow/pipeline.json";

  /** One stored model for each component. */
  static final String MODELS = "fedflow/models/";

  /** Behind the component's name. */
  static final String SUFFIX = ".model";

  private ArchiveEntries() {}

  static String model(String component) {
    return MODELS + component + SUFFIX;
  }
}
