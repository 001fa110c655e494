package io.fedflow.dsl;

/**
 * Where a value stands in a document: a JSON pointer (RFC 6901) that starts with the document's
 * name. Put into text only when somebody asks, since nearly all values are in order and documents
 * may be large.
 *
 * @param parent null for the document itself
 * @param key the member or index; for the document its name, or a whole pointer
 */
record JsonPointer(JsonPointer parent, String key) {

  /** The pointer to a document, or to a place in it that is known as text. */
  static JsonPointer of(String text) {
    return new JsonPointer(null, text);
  }

  JsonPointer below(String name) {
    return new JsonPointer(this, name);
  }

  JsonPointer below(int index) {
    return new JsonPointer(this, Integer.toString(index));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    write(text);
    return text.toString();
  }

  private void write(StringBuilder text) {
    if (parent == null) {
      text.append(key);
    } else {
      parent.write(text);
      text.append('/').append(key.replace("~", "~0").replace("/", "~1"));
    }
  }
}
