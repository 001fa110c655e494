package io.fedflow.failure;

/**
 * Parts of a cause that only the site may read where it arose, since they may name columns or hold
 * values of its data: they stand between {@value #OPEN} and {@value #CLOSE}. Whoever sends a cause
 * to another site leaves them out. Stateless.
 */
public final class Confidential {

  private static final char OPEN = '‹';
  private static final char CLOSE = '›';

  /** What other sites read instead. */
  private static final String LEFT_OUT = "‹details stay at its site›";

  private Confidential() {}

  /**
   * Marks a text.
   *
   * @param text may hold the marks itself, which are replaced
   */
  public static String mark(String text) {
    return OPEN + unmarked(text) + CLOSE;
  }

  /**
   * Marks a text after words that all sites read, as {@code column host_10000_x3 ‹column salary:
   * found texts, …›}. They stand before the marks, so that no cutting off can show more than them.
   *
   * @param text as {@link #mark(String)} takes it
   * @param told may hold the marks, which are replaced; empty for none
   */
  public static String mark(String text, String told) {
    return told.isEmpty() ? mark(text) : unmarked(told) + ' ' + mark(text);
  }

  private static String unmarked(String text) {
    return text.replace(OPEN, '<').replace(CLOSE, '>');
  }

  /**
   * The text for other sites.
   *
   * @param text a cause; one that was cut off within a marked part is cut there
   */
  public static String leaveOut(String text) {
    int open = text.indexOf(OPEN);
    if (open < 0) {
      return text;
    }
    StringBuilder told = new StringBuilder();
    int from = 0;
    while (open >= 0) {
      told.append(text, from, open).append(LEFT_OUT);
      int close = text.indexOf(CLOSE, open);
      if (close < 0) {
        return told.toString();
      }
      from = close + 1;
      open = text.indexOf(OPEN, from);
    }
    return told.append(text, from, text.length()).toString();
  }

  /**
   * A text that came back from another site, with what this site left out of it.
   *
   * @param told may hold {@code own} as other sites read it
   * @param own a cause that arose here
   * @return {@code told} with {@code own} in full where it was; {@code told} itself if it does not
   *     hold it, or nothing was left out
   */
  public static String restore(String told, String own) {
    String elsewhere = leaveOut(own);
    return elsewhere.equals(own) ? told : told.replace(elsewhere, own);
  }
}
