package io.fedflow.components.intersection;

import java.util.Locale;

/** What a run has to do with a cache; guest and hosts must agree. */
enum CacheUse {

  /** Nothing: both sides send their ids. */
  NONE,

  /** It makes one: only hosts send their ids. */
  MADE,

  /** It runs on one: only the guest sends its ids. */
  USED;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
