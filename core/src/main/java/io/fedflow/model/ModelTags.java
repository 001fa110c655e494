package io.fedflow.model;

import java.util.Map;
import java.util.Set;

/**
 * Names that users give to pipeline models. Blocking: called from worker threads. Thread-safe.
 *
 * <p>A tag's name has 1..100 characters, its description at most 1000, neither with control
 * characters; others are refused with {@code tag.name}. An unknown tag is {@code tag.unknown}. All
 * changes are durable on return.
 */
public interface ModelTags {

  /** All tags with their descriptions, in order of creation. */
  Map<String, String> all();

  /**
   * Makes a tag.
   *
   * @throws io.fedflow.failure.FedflowException CONFLICT {@code tag.exists}
   */
  void create(String name, String description);

  /**
   * Gives a tag another name and description; models keep it.
   *
   * @throws io.fedflow.failure.FedflowException CONFLICT {@code tag.exists} if the new name is
   *     taken
   */
  void change(String name, String newName, String newDescription);

  /** Drops a tag, also from all models. */
  void destroy(String name);

  /** The tags of a model version, in the order in which it got them. */
  Set<String> of(String modelVersion);

  /** The model versions that have a tag, in the order in which they got it. */
  Set<String> versions(String name);

  /**
   * Tags a model version, whether there are models of it or not. A tag that is not there yet is
   * made, without a description.
   *
   * @throws io.fedflow.failure.FedflowException CONFLICT {@code tag.taken} if it has the tag
   *     already
   */
  void add(String modelVersion, String name);

  /**
   * Takes a tag from a model version.
   *
   * @throws io.fedflow.failure.FedflowException {@code tag.unknown} if it does not have the tag
   */
  void remove(String modelVersion, String name);
}
