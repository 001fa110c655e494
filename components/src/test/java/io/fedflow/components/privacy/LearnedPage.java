package io.fedflow.components.privacy;

import io.fedflow.component.Component;
import io.fedflow.component.ComponentDescriptor;
import io.fedflow.federation.Envelope;
import io.fedflow.federation.MessageDeclaration;
import io.fedflow.party.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The page that tells what each party learns, made of declarations and of what was recorded. */
final class LearnedPage {

  private static final String HEAD =
      """
      # What each party learns

      Every message that a component sends is declared with its form and with what its receiver learns; any other is
      refused. This page is written by `MessageLogTest` from the declarations and from the messages of thirteen jobs, and the
      test fails when they no longer agree.

      The jobs work on generated tables. Guest and host have 250 rows, 220 of them in common, with 4 and 6 features; to
      validate, 130 rows and 120 in common. One job intersects, bins twice, selects and trains in full batches for two iterations.
      One shares the signing of ids, and trains in batches of 100 rows among which as many others are hidden, with validation
      after each of two iterations and early stopping. One cross-validates in two folds.
      One searches for columns in one step, which drops one. One grows two trees, with validation after each.
      One intersects on a curve, and counts the common ids without telling which they are. One makes a cache and runs on it.
      One trains on the rows of both, which have the same columns there, by means of their weights.
      One prepares rows at each party alone, splits them, draws half of them, adds a column of each party, correlates
      their columns, and retrieves a column of the host for the guest's ids. One adds a hundred numbers of each party.

      The test reads every message by its form before anything encrypts it for the way, and decrypts what its receiver can.
      None holds

      - a value, its negative or a column under whatever scale and shift, as a number, as text (rounded, too), as a
        fixed-point integer or as a float, in either byte order;
      - the labels, as 0 and 1, as signs, as bytes or bits;
      - an id, an unkeyed hash of one, or the name of a column;
      - any of these inside gzip, zlib, Base64 or hex;
      - a ciphertext or a big integer that repeats, that is not as long as the others, or that was encrypted without
        randomness.

      What a protocol does tell is in the last column. Seven things follow from rows without being one: sums over rows
      (counts by bin and label, gradients and losses of a batch, derivatives on one side of a candidate for a split), a
      host's part of the linear score of each row, which rows are in which node of a tree, part of a split or sample, which ids are common,
      correlations of columns, sets of rows of which one was asked for, and, where columns are added row by row, their
      sums, which tell a guest every value of an
      only host. The scores show a guest as many combinations of a host's columns as it sees sets of scores; see the
      description of the package `lr`. Commands between servers carry a job's conf, so every party reads the names of tables
      and columns that stand in it; they carry no rows.
      """;

  private LearnedPage() {}

  static String of(RecordedJobs jobs) {
    StringBuilder page = new StringBuilder(HEAD);
    List<String> silent = new ArrayList<>();
    Map<String, ComponentDescriptor> byModule = new TreeMap<>();
    for (Component component : jobs.components().components()) {
      byModule.put(component.descriptor().module(), component.descriptor());
    }
    for (ComponentDescriptor component : byModule.values()) {
      if (component.messages().isEmpty()) {
        silent.add(component.module());
      } else {
        section(page, component, jobs);
      }
    }
    return page.append("\n## Components that send nothing\n\n")
        .append(String.join(", ", silent))
        .append(": every party works alone.\n")
        .toString();
  }

  private static void section(
      StringBuilder page, ComponentDescriptor component, RecordedJobs jobs) {
    page.append("\n## ").append(component.module()).append("\n\n");
    page.append("| message | from | to | form | recorded | the receiver learns |\n");
    page.append("|---|---|---|---|---|---|\n");
    for (MessageDeclaration message : component.messages()) {
      List<Envelope> recorded =
          jobs.messages().stream()
              .filter(m -> jobs.sender(m).descriptor().module().equals(component.module()))
              .filter(m -> m.tag().name().equals(message.name()))
              .toList();
      page.append("| `")
          .append(message.name())
          .append("` | ")
          .append(roles(message.from()))
          .append(" | ")
          .append(roles(message.to()))
          .append(" | ")
          .append(form(message))
          .append(" | ")
          .append(shapes(recorded))
          .append(" | ")
          .append(message.learns())
          .append(" |\n");
    }
  }

  private static String roles(Set<Role> roles) {
    return roles.stream().map(Role::name).sorted().collect(Collectors.joining(", "));
  }

  private static String form(MessageDeclaration message) {
    return switch (message.protection()) {
      case CIPHERTEXT -> "encrypted for the " + message.keyOwner().name();
      case MASKED -> "masked";
      case PUBLIC -> "open";
    };
  }

  /** How many messages of which shape, for example {@code 4 × 220 ciphertexts}. */
  private static String shapes(List<Envelope> messages) {
    return messages.stream()
        .collect(Collectors.groupingBy(LeakSearch::shape, TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(shape -> shape.getValue() + " × " + inWords(shape.getKey()))
        .collect(Collectors.joining(", "));
  }

  /** One of something is written without an s. */
  private static String inWords(String shape) {
    return shape.startsWith("1 ") && shape.endsWith("s")
        ? shape.substring(0, shape.length() - 1)
        : shape;
  }
}
