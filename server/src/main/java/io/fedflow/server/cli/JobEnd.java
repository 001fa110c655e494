package io.fedflow.server.cli;

import io.fedflow.transport.client.JobNews;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a job ended.
 *
 * @param jobId which
 * @param status FATE's text
 * @param cause why, unless well
 */
record JobEnd(String jobId, String status, String cause) {

  static JobEnd of(String jobId, JobNews last) {
    Tree data = new Tree(last.data());
    return new JobEnd(jobId, data.at("status").text(), data.at("cause").text());
  }

  boolean good() {
    return status.equals("success") || status.equals("pass");
  }

  /** 0 only for a job that ended well. */
  int exitCode() {
    return good() ? 0 : 1;
  }

  String words() {
    return "job " + jobId + ": " + status + (cause.isEmpty() ? "" : ", " + cause);
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("jobId", jobId);
    tree.put("status", status);
    if (!cause.isEmpty()) {
      tree.put("cause", cause);
    }
    return tree;
  }
}
