package io.fedflow.policy;

/** One rule of a site's policy. Immutable. */
public sealed interface PolicyRule
    permits PartnersRule,
        ComponentsRule,
        ParameterRule,
        DatasetsRule,
        KeySizesRule,
        MinRowsRule,
        ApproveRule {

  /** What people call it; unique within a policy. */
  String name();

  /** What sort it is, as in the file. */
  String type();

  /** What it says about a job. Pure. */
  RuleVerdict judge(JobAsked job);
}
