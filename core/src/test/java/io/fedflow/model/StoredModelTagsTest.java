package io.fedflow.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.fakes.Blobs;
import io.fedflow.fakes.Refusals;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredModelTagsTest {

  private final Blobs blobs = new Blobs();
  private final StoredModelTags tags = new StoredModelTags(blobs);

  @Test
  void tagsAreReadAgainByAnotherServer() {
    assertThat(tags.all()).isEmpty();
    tags.create("b", "");
    tags.create("a = 1; \\", "words, and more");
    tags.add("20260102", "b");
    tags.add("20260101", "b");
    tags.add("20260101", "a = 1; \\");
    StoredModelTags other = new StoredModelTags(blobs);
    assertThat(other.all())
        .containsExactly(Map.entry("b", ""), Map.entry("a = 1; \\", "words, and more"));
    assertThat(other.versions("b")).containsExactly("20260102", "20260101");
    assertThat(other.of("20260101")).containsExactlyInAnyOrder("b", "a = 1; \\");
    assertThat(other.of("20260103")).isEmpty();
  }

  @Test
  void taggingMakesTheTag() {
    tags.add("v", "fresh");
    assertThat(tags.all()).containsExactly(Map.entry("fresh", ""));
    assertThat(tags.of("v")).containsExactly("fresh");
    tags.create("known", "words");
    tags.add("v", "known");
    assertThat(tags.all()).containsEntry("known", "words");
  }

  @Test
  void aTagThatChangesItsNameStaysWithItsModels() {
    tags.create("a", "old");
    tags.add("v", "a");
    tags.change("a", "b", "new");
    assertThat(tags.all()).containsExactly(Map.entry("b", "new"));
    assertThat(tags.of("v")).containsExactly("b");
    tags.change("b", "b", "newer");
    assertThat(tags.all()).containsExactly(Map.entry("b", "newer"));
    assertThat(tags.versions("b")).containsExactly("v");
    tags.remove("v", "b");
    assertThat(tags.versions("b")).isEmpty();
    tags.destroy("b");
    assertThat(tags.all()).isEmpty();
  }

  @Test
  void whatIsUnknownOrTakenIsRefused() {
    tags.create("a", "");
    tags.create("b", "");
    tags.add("v", "a");
    Refusals.assertRefused("tag.exists", () -> tags.create("a", ""), "'a' exists already");
    Refusals.assertRefused("tag.exists", () -> tags.change("a", "b", ""), "'b' exists already");
    Refusals.assertRefused("tag.taken", () -> tags.add("v", "a"), "already");
    Refusals.assertRefused("tag.name", () -> tags.add("v", " "), "tag_name: found");
    Refusals.assertRefused("tag.unknown", () -> tags.remove("v", "b"), "does not have");
    Refusals.assertRefused("tag.unknown", () -> tags.destroy("x"), "found 'x'");
    Refusals.assertRefused("tag.name", () -> tags.create("", ""), "tag_name: found 0");
    Refusals.assertRefused("tag.name", () -> tags.create("c", "a\nb"), "tag_desc: found control");
    assertThat(tags.all()).containsOnlyKeys("a", "b");
    blobs.fail(new IOException("disk gone"));
    Refusals.assertRefused("blob.io", tags::all, "disk gone");
  }
}
