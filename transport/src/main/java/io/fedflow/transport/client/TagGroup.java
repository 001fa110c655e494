package io.fedflow.transport.client;

/** Tags of models. Thread-safe. */
public final class TagGroup {

  private final FlowRoutes routes;

  TagGroup(FlowRoutes routes) {
    this.routes = routes;
  }

  /**
   * Makes a tag.
   *
   * @param description may be null
   */
  public Pending<Answer> create(String tag, String description) {
    return routes.write(
        "model/tag/create", Fields.of("tag_name", tag).and("tag_desc", description));
  }

  /**
   * A tag.
   *
   * @param withModel whether its models are named too
   */
  public Pending<Answer> query(String tag, boolean withModel) {
    return routes.read(
        "model/tag/retrieve", Fields.of("tag_name", tag).and("with_model", withModel));
  }

  /**
   * Changes a tag.
   *
   * @param newName null to keep the name
   * @param newDescription null to keep the description
   */
  public Pending<Answer> update(String tag, String newName, String newDescription) {
    return routes.write(
        "model/tag/update",
        Fields.of("tag_name", tag)
            .and("new_tag_name", newName)
            .and("new_tag_desc", newDescription));
  }

  /** Deletes a tag. */
  public Pending<Answer> delete(String tag) {
    return routes.write("model/tag/destroy", Fields.of("tag_name", tag));
  }

  /** The newest tags. */
  public Pending<Answer> list(int limit) {
    return routes.read("model/tag/list", Fields.of("limit", limit));
  }
}
