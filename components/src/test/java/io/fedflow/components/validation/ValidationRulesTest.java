package io.fedflow.components.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fedflow.component.Params;
import io.fedflow.components.crypto.CryptoSuite;
import io.fedflow.components.lr.HeteroLR;
import io.fedflow.failure.Problem;
import io.fedflow.failure.Problems;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What confs of HeteroLR may say about validation, and how it is read. */
class ValidationRulesTest {

  private final Problems problems = new Problems();

  private Params resolve(Map<String, ?> given) {
    return new HeteroLR(CryptoSuite.standard()).descriptor().resolve(given, "lr", problems);
  }

  private ValidationSettings settings(Map<String, ?> given) {
    Params params = resolve(given);
    assertThat(problems.errors()).isEmpty();
    return ValidationSettings.of(params);
  }

  private List<String> wrong(Map<String, ?> given) {
    resolve(given);
    return problems.errors().stream().map(Problem::pointer).toList();
  }

  private static Map<String, Object> callback(Object... more) {
    Map<String, Object> inner = new java.util.LinkedHashMap<>();
    for (int i = 0; i < more.length; i += 2) {
      inner.put((String) more[i], more[i + 1]);
    }
    return Map.of("callback_param", inner);
  }

  @Test
  void withoutAnything_neverValidates() {
    ValidationSettings none = settings(Map.of());
    assertThat(IntStream.range(0, 50).anyMatch(none::due)).isFalse();
    assertThat(none.stopsEarly()).isFalse();
    assertThat(none.terms()).isEqualTo(ValidationSettings.none().terms());
  }

  @Test
  void olderNames_meanTheCallback() {
    ValidationSettings older =
        settings(
            Map.of(
                "validation_freqs",
                3,
                "early_stopping_rounds",
                2,
                "metrics",
                List.of("ks", "roc", "auc"),
                "use_first_metric_only",
                true));
    assertThat(IntStream.range(0, 9).filter(older::due)).containsExactly(2, 5, 8);
    assertThat(older.rounds()).isEqualTo(2);
    assertThat(older.metrics().singles()).containsExactly("ks", "auc");
    assertThat(older.tracked()).containsExactly("ks");
    ValidationSettings newer =
        settings(
            callback(
                "callbacks",
                List.of("EarlyStopping", "PerformanceEvaluate"),
                "validation_freqs",
                3,
                "early_stopping_rounds",
                2,
                "metrics",
                List.of("ks", "roc", "auc"),
                "use_first_metric_only",
                true));
    assertThat(newer.terms()).isEqualTo(older.terms());
  }

  @Test
  void namedIterations_countFromZero() {
    ValidationSettings named =
        settings(
            callback(
                "callbacks", List.of("PerformanceEvaluate"), "validation_freqs", List.of(0, 4)));
    assertThat(IntStream.range(0, 9).filter(named::due)).containsExactly(0, 4);
    assertThat(named.countDue(1, 5)).isEqualTo(1);
    assertThat(named.tracked()).as("nothing ends the training").isEmpty();
    assertThat(named.metrics().singles()).containsExactly("auc", "ks");
  }

  @Test
  void countDue_isHowOftenDueIsTrue() {
    ValidationSettings every = settings(Map.of("validation_freqs", 4));
    for (int start = 0; start < 9; start++) {
      for (int end = start; end < 20; end++) {
        assertThat(every.countDue(start, end))
            .isEqualTo((int) IntStream.range(start, end).filter(every::due).count());
      }
    }
  }

  @Test
  void frequencyWithoutCallbacks_isOfNoEffect_andSaysSo() {
    ValidationSettings settings = settings(callback("validation_freqs", 1));
    assertThat(settings.due(0)).isFalse();
    assertThat(problems.warnings())
        .extracting(Problem::pointer)
        .containsExactly("lr/callback_param/validation_freqs");
  }

  @Test
  void neverMeasuredWhileTraining_isLeftOut_andSaysSo() {
    ValidationSettings settings =
        settings(Map.of("validation_freqs", 1, "metrics", List.of("psi", "auc")));
    assertThat(settings.metrics().singles()).containsExactly("auc");
    assertThat(problems.warnings()).extracting(Problem::pointer).containsExactly("lr/metrics/0");
  }

  @Test
  void oldAndNewTogether_areRefused() {
    assertThat(
            wrong(
                Map.of(
                    "validation_freqs",
                    1,
                    "callback_param",
                    Map.of("callbacks", List.of("PerformanceEvaluate"), "validation_freqs", 1))))
        .containsExactly("lr/validation_freqs");
  }

  @Test
  void nullOfAnOlderName_isNotGiven() {
    Map<String, Object> given = new java.util.HashMap<>(callback("callbacks", List.of()));
    given.put("validation_freqs", null);
    given.put("early_stopping_rounds", null);
    settings(given);
  }

  @Test
  void badValues_areRefusedByName() {
    assertThat(wrong(Map.of("validation_freqs", 0))).containsExactly("lr/validation_freqs");
  }

  @Test
  void badIterations_areRefusedByName() {
    assertThat(wrong(Map.of("validation_freqs", List.of(1, -1, "two"))))
        .containsExactly("lr/validation_freqs/1", "lr/validation_freqs/2");
  }

  @Test
  void tooManyIterations_areRefused() {
    assertThat(
            wrong(
                Map.of(
                    "validation_freqs",
                    Collections.nCopies(ValidationSettings.MOST_ITERATIONS + 1, 1))))
        .containsExactly("lr/validation_freqs");
  }

  @Test
  void earlyStopping_needsValidationAndAMetricOfOneNumber() {
    assertThat(wrong(Map.of("early_stopping_rounds", 1)))
        .containsExactly("lr/early_stopping_rounds");
    assertThat(
            wrong(
                callback(
                    "callbacks",
                    List.of("EarlyStopping"),
                    "validation_freqs",
                    1,
                    "early_stopping_rounds",
                    1,
                    "metrics",
                    List.of("roc"))))
        .contains("lr/callback_param/metrics");
  }

  @Test
  void unknownMetrics_areRefusedByName() {
    assertThat(wrong(Map.of("validation_freqs", 1, "metrics", List.of("auc", "rmse"))))
        .containsExactly("lr/metrics/1");
  }
}
