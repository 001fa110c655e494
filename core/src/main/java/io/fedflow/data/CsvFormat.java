package io.fedflow.data;

/**
 * How a delimited file is laid out.
 *
 * @param header whether the first line names the columns
 * @param delimiter one or more characters between cells
 * @param id where a row's id comes from
 * @param duplicates what happens to rows whose id was seen before
 */
public record CsvFormat(boolean header, String delimiter, RowId id, Duplicates duplicates) {

  /**
   * Checks the delimiter.
   *
   * @throws io.fedflow.failure.FedflowException {@code csv.delimiter} if it is empty or breaks
   *     lines
   */
  public CsvFormat {
    if (delimiter == null || delimiter.isEmpty() || delimiter.matches("(?s).*[\\r\\n].*")) {
      throw io.fedflow.failure.FedflowException.invalid(
          "csv.delimiter",
          "id_delimiter: found '" + delimiter + "', allowed 1 or more characters of a line");
    }
  }

  /**
   * A comma-separated file with a header, ids in its first column, the last of duplicate rows
   * winning.
   */
  public static CsvFormat standard() {
    return new CsvFormat(true, ",", RowId.FIRST_COLUMN, Duplicates.LAST_WINS);
  }

  /** Where a row's id comes from. */
  public enum RowId {
    /** The first cell. */
    FIRST_COLUMN,
    /** A random text and the row's number: FATE's {@code extend_sid}. */
    GENERATED,
    /** The row's number: FATE's {@code auto_increasing_sid}. */
    NUMBERED
  }

  /** What happens to rows whose id was seen before. */
  public enum Duplicates {
    /** The last row wins, as in FATE. */
    LAST_WINS,
    /** The file is refused. */
    REFUSE
  }
}
