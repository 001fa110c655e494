package io.fedflow.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.util.concurrent.locks.LockSupport;

/** The worker's process: one part of one task, then its end. Started by the server only. */
public final class WorkerMain {

  private static final int PIPE_BYTES = 1 << 16;

  private WorkerMain() {}

  /** Takes its work from standard input and gives it to standard output, both as frames. */
  public static void main(String[] arguments) {
    InputStream in = new BufferedInputStream(System.in, PIPE_BYTES);
    Frames.Out out =
        new Frames.Out(
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), PIPE_BYTES));
    // What components print must not end up among the frames.
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    Runtime.getRuntime().addShutdownHook(new Thread(WorkerMain::outliveSignals));
    int code = new Worker(new Frames.In(in), out).run();
    System.err.flush();
    // Threads that the component left must not keep the process.
    Runtime.getRuntime().halt(code);
  }

  /**
   * Keeps this process when a signal asks it to end: whoever interrupts a server at a terminal
   * reaches its workers too, but their tasks end with the server's own patience. A component that
   * exits does end the process.
   */
  private static void outliveSignals() {
    boolean signalled =
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().matches("SIG[A-Z]+ handler"));
    while (signalled) {
      LockSupport.park();
    }
  }
}
