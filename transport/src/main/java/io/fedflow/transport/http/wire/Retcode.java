package io.fedflow.transport.http.wire;

/** FATE's return codes. */
public final class Retcode {

  /** Done. */
  public static final int SUCCESS = 0;

  /** Anything without a better code. */
  public static final int EXCEPTION = 100;

  /** Missing or wrong arguments. */
  public static final int ARGUMENT = 101;

  /** An unknown job or task. */
  public static final int DATA = 102;

  /** A job could not be submitted or stopped. */
  public static final int OPERATING = 103;

  /** Another party refused or failed. */
  public static final int FEDERATED = 104;

  /** Something that is needed cannot be reached now. */
  public static final int CONNECTION = 105;

  /** Who asks is known and may not. */
  public static final int PERMISSION = 108;

  /** Who asks is not known, or may not. */
  public static final int AUTHENTICATION = 109;

  private Retcode() {}
}
