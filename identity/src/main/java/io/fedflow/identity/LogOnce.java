package io.fedflow.identity;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Logs the same words once: peers try again for hours, and would fill the log. Of very many
 * different words the oldest are forgotten. Thread-safe.
 */
public final class LogOnce {

  private static final int MOST = 1024;

  private final Set<String> said = Collections.synchronizedSet(new LinkedHashSet<>());

  /**
   * Warns, unless these words were said already.
   *
   * @return whether they were logged
   */
  public boolean warn(Logger log, String words) {
    return warn(log, words, words);
  }

  /**
   * Warns, unless something of the same name was said already.
   *
   * @param name what is to be said once, however its words differ
   * @return whether they were logged
   */
  public boolean warn(Logger log, String name, String words) {
    synchronized (said) {
      if (!said.add(name)) {
        return false;
      }
      if (said.size() > MOST) {
        said.remove(said.iterator().next());
      }
    }
    log.log(Level.WARNING, words + " (logged once)");
    return true;
  }
}
