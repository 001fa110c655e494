package io.fedflow.server;

import io.fedflow.transport.json.JacksonJsonCodec;
import java.util.Map;

/**
 * What one run of an original program left behind.
 *
 * @param command its words, for messages
 * @param exitCode its exit code
 * @param out all that it printed
 */
record OriginalRun(String command, int exitCode, String out) {

  /** The envelope that it printed; lines before it are the client's own remarks. */
  @SuppressWarnings("unchecked")
  Map<String, Object> envelope() {
    int start = out.startsWith("{") ? 0 : out.indexOf("\n{") + 1;
    if (start == 0 && !out.startsWith("{")) {
      throw new AssertionError(command + " printed no envelope:\n" + out);
    }
    return (Map<String, Object>) new JacksonJsonCodec().read(out.substring(start));
  }
}
