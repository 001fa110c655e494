package io.fedflow.components.boosting;

import io.fedflow.model.MessageSchema;
import io.fedflow.model.MessageSchema.Type;

/** The shapes of stored models: FATE 1.11's {@code BoostingTreeModelMeta} and {@code …Param}. */
final class BoostSchema {

  static final MessageSchema OBJECTIVE =
      MessageSchema.builder("ObjectiveMeta")
          .one("objective", 1, Type.STRING)
          .repeated("param", 2, Type.DOUBLE)
          .build();

  static final MessageSchema CRITERION =
      MessageSchema.builder("CriterionMeta")
          .one("criterion_method", 1, Type.STRING)
          .repeated("criterion_param", 2, Type.DOUBLE)
          .build();

  static final MessageSchema TREE_META =
      MessageSchema.builder("DecisionTreeModelMeta")
          .one("criterion_meta", 1, CRITERION)
          .one("max_depth", 2, Type.INT32)
          .one("min_sample_split", 3, Type.INT32)
          .one("min_impurity_split", 4, Type.DOUBLE)
          .one("min_leaf_node", 5, Type.INT32)
          .one("use_missing", 6, Type.BOOL)
          .one("zero_as_missing", 7, Type.BOOL)
          .build();

  static final MessageSchema QUANTILE =
      MessageSchema.builder("QuantileMeta")
          .one("quantile_method", 1, Type.STRING)
          .one("bin_num", 2, Type.INT32)
          .build();

  static final MessageSchema META =
      MessageSchema.builder("BoostingTreeModelMeta")
          .one("tree_meta", 1, TREE_META)
          .one("learning_rate", 2, Type.DOUBLE)
          .one("num_trees", 3, Type.INT32)
          .one("quantile_meta", 4, QUANTILE)
          .one("objective_meta", 5, OBJECTIVE)
          .one("task_type", 6, Type.STRING)
          .one("n_iter_no_change", 7, Type.BOOL)
          .one("tol", 8, Type.DOUBLE)
          .one("use_missing", 9, Type.BOOL)
          .one("zero_as_missing", 10, Type.BOOL)
          .one("work_mode", 11, Type.STRING)
          .one("module", 12, Type.STRING)
          .one("boosting_strategy", 13, Type.STRING)
          .build();

  static final MessageSchema NODE =
      MessageSchema.builder("NodeParam")
          .one("id", 1, Type.INT32)
          .one("sitename", 2, Type.STRING)
          .one("fid", 3, Type.INT32)
          .one("bid", 4, Type.DOUBLE)
          .one("weight", 5, Type.DOUBLE)
          .one("is_leaf", 6, Type.BOOL)
          .one("left_nodeid", 7, Type.INT32)
          .one("right_nodeid", 8, Type.INT32)
          .one("missing_dir", 9, Type.INT32)
          .repeated("mo_weight", 10, Type.DOUBLE)
          .build();

  static final MessageSchema TREE =
      MessageSchema.builder("DecisionTreeModelParam")
          .repeated("tree_", 1, NODE)
          .intMap("split_maskdict", 2, Type.DOUBLE)
          .intMap("missing_dir_maskdict", 3, Type.INT32)
          .intMap("leaf_count", 4, Type.INT32)
          .build();

  static final MessageSchema IMPORTANCE =
      MessageSchema.builder("FeatureImportanceInfo")
          .one("sitename", 1, Type.STRING)
          .one("fid", 2, Type.INT32)
          .one("importance", 3, Type.DOUBLE)
          .one("fullname", 4, Type.STRING)
          .one("importance2", 5, Type.DOUBLE)
          .one("main", 6, Type.STRING)
          .build();

  static final MessageSchema PARAM =
      MessageSchema.builder("BoostingTreeModelParam")
          .one("tree_num", 1, Type.INT32)
          .repeated("trees_", 2, TREE)
          .repeated("init_score", 3, Type.DOUBLE)
          .repeated("losses", 4, Type.DOUBLE)
          .one("tree_dim", 5, Type.INT32)
          .one("num_classes", 6, Type.INT32)
          .repeated("classes_", 7, Type.STRING)
          .repeated("feature_importances", 8, IMPORTANCE)
          .intMap("feature_name_fid_mapping", 9, Type.STRING)
          .one("best_iteration", 10, Type.INT32)
          .repeated("tree_plan", 11, Type.STRING)
          .one("model_name", 12, Type.STRING)
          .map("anonymous_name_mapping", 13, Type.STRING)
          .build();

  private BoostSchema() {}
}
