package io.fedflow.components.union;

import io.fedflow.table.Column;
import io.fedflow.table.ColumnSpec;
import io.fedflow.table.Table;
import io.fedflow.table.TableSource;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * Rows in a temporary file, found by their ids. In memory is where each begins. Not thread-safe.
 */
final class SpilledRows implements Closeable {

  private static final int WRITTEN_AT_ONCE = 1 << 16;
  private static final int READ_AT_ONCE = 1 << 13;

  private final FileChannel file;
  private final List<ColumnSpec> columns;
  private final IdIndex places = new IdIndex();
  private ByteBuffer window = ByteBuffer.allocate(READ_AT_ONCE).limit(0);
  private long windowAt;

  private SpilledRows(FileChannel file, List<ColumnSpec> columns) {
    this.file = file;
    this.columns = columns;
  }

  /**
   * Writes rows to a file.
   *
   * @param rows read to their end, not closed
   * @param kept positions of the columns that are kept
   * @param folder of the file, which goes when this is closed, or with the process
   */
  static SpilledRows of(TableSource rows, List<Integer> kept, Path folder) throws IOException {
    FileChannel file =
        FileChannel.open(
            Files.createTempFile(folder, "join", ".rows"),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    SpilledRows spilled =
        new SpilledRows(file, kept.stream().map(rows.schema().columns()::get).toList());
    try {
      spilled.write(rows, kept);
      return spilled;
    } catch (IOException | RuntimeException failed) {
      spilled.close();
      throw failed;
    }
  }

  private void write(TableSource rows, List<Integer> kept) throws IOException {
    DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(Channels.newOutputStream(file), WRITTEN_AT_ONCE));
    long at = 0;
    for (Optional<Table> group = rows.next(); group.isPresent(); group = rows.next()) {
      for (int row = 0; row < group.get().rowCount(); row++) {
        places.add(group.get().ids()[row], at);
        at += write(group.get(), row, kept, out);
      }
    }
    out.flush();
  }

  private static long write(Table group, int row, List<Integer> kept, DataOutputStream out)
      throws IOException {
    long bytes = 0;
    for (int column : kept) {
      if (group.column(column) instanceof Column.Texts texts) {
        byte[] text = texts.values()[row].getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
        bytes += Integer.BYTES + text.length;
      } else {
        out.writeDouble(((Column.Numbers) group.column(column)).values()[row]);
        bytes += Double.BYTES;
      }
    }
    return bytes;
  }

  /** How many rows there are. */
  int rowCount() {
    return places.size();
  }

  /** Where the row of an id begins; {@link IdIndex#NONE} if there is none. */
  long find(String id) {
    return places.find(id);
  }

  /**
   * Reads a row.
   *
   * @param place where it begins
   * @param cells arrays of doubles or texts, one for each kept column
   * @param to where in them the row goes
   */
  void read(long place, List<Object> cells, int to) throws IOException {
    long at = place;
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).type() == ColumnSpec.Type.TEXT) {
        int length = at(at, Integer.BYTES).getInt();
        ByteBuffer text = at(at + Integer.BYTES, length);
        ((String[]) cells.get(i))[to] =
            new String(
                text.array(), text.arrayOffset() + text.position(), length, StandardCharsets.UTF_8);
        at += Integer.BYTES + length;
      } else {
        ((double[]) cells.get(i))[to] = at(at, Double.BYTES).getDouble();
        at += Double.BYTES;
      }
    }
  }

  /** The window, moved or widened so that it begins with so many bytes of the file. */
  private ByteBuffer at(long position, int bytes) throws IOException {
    if (position < windowAt || position + bytes > windowAt + window.limit()) {
      if (bytes > window.capacity()) {
        window = ByteBuffer.allocate(bytes);
      }
      window.clear();
      windowAt = position;
      while (window.position() < bytes) {
        if (file.read(window, position + window.position()) < 0) {
          throw new EOFException("a temporary file of rows was cut");
        }
      }
      window.flip();
    }
    return window.position((int) (position - windowAt));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
