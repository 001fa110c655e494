package io.fedflow.transport.http.board;

import io.fedflow.federation.MessageDeclaration;
import io.fedflow.party.Party;
import io.fedflow.policy.JobReview;
import io.fedflow.policy.RuleVerdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reviews of jobs as JSON trees. */
final class ReviewViews {

  private ReviewViews() {}

  static Map<String, Object> tree(String jobId, List<JobReview> reviews) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("job_id", jobId);
    tree.put("parties", reviews.stream().map(ReviewViews::tree).toList());
    return tree;
  }

  private static Map<String, Object> tree(JobReview review) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("role", review.party().role().name());
    tree.put("party_id", review.party().id());
    tree.put("initiator", review.initiator().toString());
    tree.put("parties", texts(review.parties().all()));
    tree.put("status", review.status().text());
    tree.put("approval_pending", review.pending());
    tree.put("tables", review.tables().stream().map(ReviewViews::table).toList());
    tree.put("components", review.parts().stream().map(ReviewViews::part).toList());
    tree.put("rules", review.verdicts().stream().map(ReviewViews::rule).toList());
    return tree;
  }

  private static Map<String, Object> table(JobReview.Used used) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("table", used.table().pattern());
    tree.put("there", used.rows().isPresent());
    used.rows().ifPresent(rows -> tree.put("rows", rows));
    used.schema()
        .ifPresent(
            schema ->
                tree.put("columns", schema.columns().stream().map(each -> each.name()).toList()));
    return tree;
  }

  private static Map<String, Object> part(JobReview.Part part) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("component", part.component());
    tree.put("module", part.module());
    tree.put("parameters", part.parameters());
    tree.put("sends", part.sends().stream().map(each -> message(each, "to")).toList());
    tree.put("receives", part.receives().stream().map(each -> message(each, "from")).toList());
    return tree;
  }

  private static Map<String, Object> message(JobReview.Message message, String end) {
    MessageDeclaration declared = message.declaration();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("message", declared.name());
    tree.put(end, texts(message.others()));
    tree.put("form", declared.protection().name().toLowerCase(Locale.ROOT));
    if (declared.keyOwner() != null) {
      tree.put("key_of", declared.keyOwner().name());
    }
    tree.put("learns", declared.learns());
    return tree;
  }

  private static Map<String, Object> rule(RuleVerdict verdict) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("rule", verdict.rule());
    tree.put("type", verdict.type());
    tree.put("says", verdict.says().text());
    tree.put("findings", verdict.findings().stream().map(Object::toString).toList());
    return tree;
  }

  private static List<String> texts(List<Party> parties) {
    return parties.stream().map(Party::toString).toList();
  }
}
