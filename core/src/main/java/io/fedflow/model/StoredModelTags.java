package io.fedflow.model;

import io.fedflow.data.BlobTexts;
import io.fedflow.failure.FailureKind;
import io.fedflow.failure.FedflowException;
import io.fedflow.spi.BlobStore;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Tags in one blob: there are few, and they change rarely. What several servers of a site change in
 * the same moment is all kept. Thread-safe.
 */
public final class StoredModelTags implements ModelTags {

  private static final String KEY = "model-tags";
  private static final int MOST_NAME = 100;
  private static final int MOST_DESCRIPTION = 1000;

  private final BlobTexts texts;

  /** Tags kept here. */
  public StoredModelTags(BlobStore blobs) {
    this.texts = new BlobTexts(blobs, "the tags of models");
  }

  /**
   * All tags, while they are read or changed.
   *
   * @param descriptions of tags, by name
   * @param versions that have a tag, by its name
   */
  private record Book(Map<String, String> descriptions, Map<String, Set<String>> versions) {

    Set<String> versions(String name) {
      return versions.computeIfAbsent(known(name), n -> new LinkedHashSet<>());
    }

    String known(String name) {
      if (!descriptions.containsKey(name)) {
        throw FedflowException.invalid(
            "tag.unknown", "tag: found '" + name + "', allowed one of " + descriptions.keySet());
      }
      return name;
    }

    void requireFree(String name) {
      if (descriptions.containsKey(name)) {
        throw new FedflowException(
            FailureKind.CONFLICT, "tag.exists", "tag '" + name + "' exists already");
      }
    }
  }

  @Override
  public Map<String, String> all() {
    return read().descriptions();
  }

  @Override
  public void create(String name, String description) {
    check("tag_name", name, 1, MOST_NAME);
    check("tag_desc", description, 0, MOST_DESCRIPTION);
    rewrite(
        book -> {
          book.requireFree(name);
          book.descriptions().put(name, description);
        });
  }

  @Override
  public void change(String name, String newName, String newDescription) {
    check("new_tag_name", newName, 1, MOST_NAME);
    check("new_tag_desc", newDescription, 0, MOST_DESCRIPTION);
    rewrite(
        book -> {
          Set<String> versions = book.versions(name);
          if (!newName.equals(name)) {
            book.requireFree(newName);
            book.descriptions().remove(name);
            book.versions().remove(name);
          }
          book.descriptions().put(newName, newDescription);
          book.versions().put(newName, versions);
        });
  }

  @Override
  public void destroy(String name) {
    rewrite(
        book -> {
          book.descriptions().remove(book.known(name));
          book.versions().remove(name);
        });
  }

  @Override
  public Set<String> of(String modelVersion) {
    return read().versions().entrySet().stream()
        .filter(tag -> tag.getValue().contains(modelVersion))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Override
  public Set<String> versions(String name) {
    return read().versions(name);
  }

  @Override
  public void add(String modelVersion, String name) {
    check("job_id", modelVersion, 1, MOST_NAME);
    check("tag_name", name, 1, MOST_NAME);
    rewrite(
        book -> {
          book.descriptions().putIfAbsent(name, "");
          if (!book.versions(name).add(modelVersion)) {
            throw new FedflowException(
                FailureKind.CONFLICT,
                "tag.taken",
                "model " + modelVersion + " has the tag '" + name + "' already");
          }
        });
  }

  @Override
  public void remove(String modelVersion, String name) {
    rewrite(
        book -> {
          if (!book.versions(name).remove(modelVersion)) {
            throw FedflowException.invalid(
                "tag.unknown", "model " + modelVersion + " does not have the tag '" + name + "'");
          }
        });
  }

  private static void check(String field, String text, int least, int most) {
    boolean control = text.chars().anyMatch(c -> c < 32);
    if (control || text.isBlank() && least > 0 || text.length() > most) {
      throw FedflowException.invalid(
          "tag.name",
          field
              + ": found "
              + (control ? "control characters" : text.length() + " characters")
              + ", allowed "
              + least
              + ".."
              + most
              + " characters without control characters");
    }
  }

  private void rewrite(Consumer<Book> how) {
    texts.change(
        KEY,
        text -> {
          Book book = read(text);
          how.accept(book);
          return Optional.of(text(book));
        });
  }

  private static String text(Book book) {
    StringBuilder text = new StringBuilder();
    book.descriptions()
        .forEach((name, words) -> text.append(name).append('\t').append(words).append('\n'));
    text.append('\n');
    book.versions()
        .forEach(
            (name, versions) ->
                versions.forEach(v -> text.append(name).append('\t').append(v).append('\n')));
    return text.toString();
  }

  private Book read() {
    return read(texts.read(KEY));
  }

  private static Book read(Optional<String> stored) {
    Book book = new Book(new LinkedHashMap<>(), new LinkedHashMap<>());
    stored.ifPresent(text -> read(text, book));
    return book;
  }

  private static void read(String text, Book book) {
    // Tags, an empty line, then which versions have them.
    String[] parts = ('\n' + text).split("\n\n", 2);
    for (String line : parts[0].lines().filter(l -> !l.isEmpty()).toList()) {
      book.descriptions().put(before(line), after(line));
    }
    for (String line : parts[1].lines().filter(l -> !l.isEmpty()).toList()) {
      book.versions(before(line)).add(after(line));
    }
  }

  private static String before(String line) {
    return line.substring(0, line.indexOf('\t'));
  }

  private static String after(String line) {
    return line.substring(line.indexOf('\t') + 1);
  }
}
