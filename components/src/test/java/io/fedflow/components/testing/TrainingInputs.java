package io.fedflow.components.testing;

import io.fedflow.component.TaskInputs;
import io.fedflow.component.TaskInputs.DataInput;
import io.fedflow.model.ComponentModel;
import io.fedflow.table.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a training reads. */
public final class TrainingInputs {

  private TrainingInputs() {}

  /** Rows to train and to validate with; {@code validate} may be null. */
  public static TaskInputs trainAndValidate(Table train, Table validate) {
    return trainAndValidate(train, validate, Optional.empty());
  }

  /** The same, with a model that the training begins with. */
  public static TaskInputs trainAndValidate(
      Table train, Table validate, Optional<ComponentModel> model) {
    Map<String, List<DataInput>> data = new HashMap<>();
    data.put("train_data", List.of(new DataInput("a_0.train", train)));
    if (validate != null) {
      data.put("validate_data", List.of(new DataInput("a_0.validate", validate)));
    }
    return new TaskInputs(data, model, List.of());
  }
}
