package io.fedflow.testkit.eventloop;

import java.util.Arrays;
import java.util.List;

/**
 * Tells stacks of code that waits, or computes for long by its nature, from those of a thread that
 * the machine gave no time to.
 */
final class BlockingStack {

  /** Beginnings of {@code class.method}. */
  private static final List<String> BLOCKING =
      List.of(
          "java.lang.Thread.sleep",
          "java.lang.Thread.join",
          "java.lang.Object.wait",
          "java.lang.ProcessImpl.",
          "java.util.concurrent.locks.LockSupport.park",
          "java.util.concurrent.CompletableFuture.join",
          "java.util.concurrent.CompletableFuture.get",
          "java.io.FileInputStream.",
          "java.io.FileOutputStream.",
          "java.io.RandomAccessFile.",
          "java.io.UnixFileSystem.",
          "java.nio.file.Files.",
          "sun.nio.ch.FileChannelImpl.",
          "sun.nio.fs.",
          "java.sql.",
          "org.sqlite.",
          "io.fedflow.components.");

  /**
   * The virtual machine loads classes, logs are written, and components check their parameters,
   * when and where they are needed; the kernel's random numbers look like a file, but nobody waits
   * for them.
   */
  private static final List<String> ALLOWED =
      List.of(
          "java.lang.ClassLoader.",
          "jdk.internal.loader.",
          "java.lang.invoke.MethodHandleNatives.",
          "java.util.logging.",
          "io.fedflow.component.ComponentDescriptor.resolve",
          "sun.security.provider.NativePRNG$");

  private BlockingStack() {}

  static boolean isOne(StackTraceElement[] stack) {
    return holds(stack, BLOCKING) && !holds(stack, ALLOWED) && !initializesTheJdk(stack);
  }

  /** Some classes of the JDK read a file of the JDK when they are first used, once in a process. */
  private static boolean initializesTheJdk(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(frame -> frame.getMethodName().equals("<clinit>"))
        .map(StackTraceElement::getClassName)
        .anyMatch(name -> name.startsWith("java.") || name.startsWith("sun."));
  }

  private static boolean holds(StackTraceElement[] stack, List<String> beginnings) {
    return Arrays.stream(stack)
        .map(frame -> frame.getClassName() + '.' + frame.getMethodName())
        .anyMatch(call -> beginnings.stream().anyMatch(call::startsWith));
  }
}
