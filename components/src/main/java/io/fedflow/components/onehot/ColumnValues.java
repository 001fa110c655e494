package io.fedflow.components.onehot;

import io.fedflow.failure.FedflowException;
import io.fedflow.federation.Payload;
import io.fedflow.party.Party;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeSet;

/**
 * Columns and their values as they cross: for each column its name, {@code number} or {@code text},
 * how many values, and the values. Nothing at all says that there is nothing to agree on.
 */
final class ColumnValues {

  private static final String NUMBER = "number";
  private static final String TEXT = "text";

  private ColumnValues() {}

  static Payload encode(Map<String, List<String>> values, Map<String, Boolean> numbers) {
    List<String> texts = new ArrayList<>();
    values.forEach(
        (name, known) -> {
          texts.add(name);
          texts.add(numbers.get(name) ? NUMBER : TEXT);
          texts.add(String.valueOf(known.size()));
          texts.addAll(known);
        });
    return Payload.ofTexts(texts);
  }

  /**
   * Column to its values, in ascending order.
   *
   * @param numbers takes which columns hold numbers
   * @throws FedflowException {@code onehot.message} (PEER) if it is malformed
   */
  static Map<String, List<String>> decode(
      Party from, Payload payload, Map<String, Boolean> numbers) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    Iterator<String> texts = payload.asTexts().iterator();
    try {
      while (texts.hasNext()) {
        String name = texts.next();
        String kind = texts.next();
        if (!kind.equals(NUMBER) && !kind.equals(TEXT)) {
          throw new NumberFormatException(kind);
        }
        numbers.put(name, kind.equals(NUMBER));
        TreeSet<String> known = new TreeSet<>(order(kind.equals(NUMBER)));
        for (int left = Integer.parseInt(texts.next()); left > 0; left--) {
          known.add(texts.next());
        }
        values.put(name, List.copyOf(known));
      }
    } catch (NoSuchElementException | NumberFormatException malformed) {
      throw FedflowException.peer("onehot.message", from + " sent values in another form");
    }
    return values;
  }

  /** How values of a column are sorted. */
  static Comparator<String> order(boolean numbers) {
    return numbers ? Comparator.comparingDouble(Double::parseDouble) : Comparator.naturalOrder();
  }
}
