package io.fedflow.benchmarks.wire;

/** One way to move the same commands and payloads from one end of a connection to the other. */
interface End extends AutoCloseable {

  /**
   * Sends a small command and waits until it is answered.
   *
   * @param lane commands of one lane go one after the other
   */
  void command(int lane) throws Exception;

  /**
   * Sends a payload and waits until the other end has all of it.
   *
   * @param number never the same twice
   */
  void payload(int number, byte[] bytes) throws Exception;

  @Override
  void close();
}
