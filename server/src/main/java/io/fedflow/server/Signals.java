package io.fedflow.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * SIGTERM and SIGINT to this process: the first ends it in order, through the shutdown hooks; a
 * second one ends it at once. A hook alone cannot see the second.
 */
final class Signals {

  private static final Logger LOG = System.getLogger(Signals.class.getName());

  /** What a shell adds to the number of the signal that ended a process. */
  private static final int EXIT_BASE = 128;

  private final AtomicBoolean asked = new AtomicBoolean();

  private Signals() {}

  /**
   * Takes both signals over from the virtual machine. Where it keeps them ({@code -Xrs}) or knows
   * no signals, its own way of ending stays.
   */
  static void handle() {
    Signals signals = new Signals();
    for (String name : new String[] {"TERM", "INT"}) {
      try {
        signals.handle(name);
      } catch (ReflectiveOperationException | IllegalArgumentException kept) {
        LOG.log(Level.WARNING, () -> "a second SIG" + name + " will not end this at once", kept);
      }
    }
  }

  // By reflection: the compiler warns of every direct use of the package, and there is no other
  // access to signals before Java has one of its own.
  private void handle(String name) throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    int number =
        (int)
            signal
                .getMethod("getNumber")
                .invoke(signal.getConstructor(String.class).newInstance(name));
    InvocationHandler answer = (proxy, method, given) -> answer(proxy, method, given, name, number);
    try {
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance(name),
              Proxy.newProxyInstance(
                  Signals.class.getClassLoader(), new Class<?>[] {handler}, answer));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw e;
    }
  }

  private Object answer(Object proxy, Method method, Object[] given, String name, int number) {
    return switch (method.getName()) {
      case "equals" -> proxy == given[0];
      case "hashCode" -> System.identityHashCode(proxy);
      case "toString" -> "handler of SIG" + name;
      default -> {
        came(name, EXIT_BASE + number);
        yield null;
      }
    };
  }

  /** On a thread of the signal's own, which may block. */
  private void came(String name, int code) {
    if (asked.compareAndSet(false, true)) {
      LOG.log(
          Level.INFO,
          () -> "SIG" + name + ": ends when the running jobs did; a second signal ends at once");
      System.exit(code);
    }
    Runtime.getRuntime().halt(code);
  }
}
