package io.fedflow.policy;

import io.fedflow.component.ComponentCatalog;
import io.fedflow.party.Party;
import io.fedflow.spi.ModelAsked;
import java.util.List;

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

  /** What it says about a model at a party; most rules are about jobs alone. Pure. */
  default RuleVerdict judge(Party at, ModelAsked asked, ComponentCatalog catalog) {
    return RuleVerdict.of(this, List.of());
  }
}
