package io.fedflow.transport.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.fedflow.failure.FedflowException;
import java.io.IOException;
import java.util.regex.Pattern;

/** Words for texts that are not JSON; never repeats the text itself, which may hold user data. */
final class Malformed {

  private static final Pattern TOKEN =
      Pattern.compile("Unrecognized token '.*'(?=: was expecting)");

  private Malformed() {}

  static FedflowException of(IOException failure) {
    if (failure instanceof JsonProcessingException processing) {
      return at(processing.getLocation(), firstLine(processing.getOriginalMessage()));
    }
    return at(null, "unreadable");
  }

  static FedflowException at(JsonLocation location, String reason) {
    String where =
        location == null
            ? ""
            : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    return FedflowException.invalid("json.malformed", "JSON" + where + ": " + reason);
  }

  private static String firstLine(String message) {
    int end = message.indexOf('\n');
    return TOKEN
        .matcher(end < 0 ? message : message.substring(0, end))
        .replaceFirst("Unrecognized token")
        .replaceAll("\\p{Cntrl}", "?");
  }
}
