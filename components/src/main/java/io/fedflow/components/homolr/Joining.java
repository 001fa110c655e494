package io.fedflow.components.homolr;

import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * What a guest or host tells the arbiter first.
 *
 * @param trains whether it trains; else it predicts, alone
 * @param start iterations that the model it goes on from has run
 * @param weights how many weights one class has
 * @param columns SHA-256 of the columns' names in order, hex
 * @param classes the labels of its rows, ascending
 */
record Joining(boolean trains, int start, int weights, String columns, List<Integer> classes) {

  private static final int HEAD = 4;

  /** A guest or host that predicts. */
  static Joining prediction() {
    return new Joining(false, 0, 0, "", List.of());
  }

  static String digest(List<String> header) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String column : header) {
        sha.update(column.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) 0);
      }
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  Payload encode() {
    List<String> texts = new ArrayList<>();
    texts.add(String.valueOf(trains));
    texts.add(String.valueOf(start));
    texts.add(String.valueOf(weights));
    texts.add(columns);
    classes.forEach(label -> texts.add(label.toString()));
    return Payload.ofTexts(texts);
  }

  /**
   * Reads one.
   *
   * @throws FedflowException {@code homo.message} (PEER)
   */
  static Joining decode(Party from, Payload payload) {
    List<String> texts = payload.asTexts();
    try {
      return new Joining(
          texts.get(0).equals("true"),
          Integer.parseInt(texts.get(1)),
          Integer.parseInt(texts.get(2)),
          texts.get(3),
          texts.subList(HEAD, texts.size()).stream().map(Integer::valueOf).toList());
    } catch (IndexOutOfBoundsException | NumberFormatException malformed) {
      throw FedflowException.peer("homo.message", from + " joined with a malformed message");
    }
  }

  /**
   * Checks that two members do the same with the same columns.
   *
   * @throws FedflowException {@code homo.members} (INVALID) naming both
   */
  void requireSame(Party self, Party first, Joining others) {
    String what =
        trains != others.trains
            ? "one trains and the other predicts"
            : start != others.start
                ? "their models have run " + others.start + " and " + start + " iterations"
                : weights != others.weights || !columns.equals(others.columns)
                    ? "their tables have different feature columns, or one fits an intercept"
                    : null;
    if (what != null) {
      throw FedflowException.invalid("homo.members", first + " and " + self + ": " + what);
    }
  }
}
