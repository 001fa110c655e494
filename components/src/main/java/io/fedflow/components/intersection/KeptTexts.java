package io.fedflow.components.intersection;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Texts that stand in a cache's content, each behind its length in four bytes. They are read where
 * they are, one at a time, so that they take no memory of their own. Immutable.
 */
final class KeptTexts extends AbstractCollection<String> {

  private final ByteBuffer bytes;
  private final int count;

  /**
   * Texts of a content.
   *
   * @param bytes {@code count} texts and nothing else: whoever made this has looked at all lengths
   */
  KeptTexts(ByteBuffer bytes, int count) {
    this.bytes = bytes;
    this.count = count;
  }

  @Override
  public int size() {
    return count;
  }

  @Override
  public Iterator<String> iterator() {
    ByteBuffer left = bytes.duplicate();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return left.hasRemaining();
      }

      @Override
      public String next() {
        if (!left.hasRemaining()) {
          throw new NoSuchElementException();
        }
        byte[] text = new byte[left.getInt()];
        left.get(text);
        return new String(text, StandardCharsets.UTF_8);
      }
    };
  }
}
