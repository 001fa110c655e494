package io.fedflow.server.cli;

import io.fedflow.transport.client.TransferListener;
import java.io.PrintWriter;

/** Tells of each tenth of an upload that went out. Not thread-safe. */
final class UploadMeter implements TransferListener {

  private final PrintWriter out;
  private int tenths;

  UploadMeter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void moved(long done, long total) {
    int now = total == 0 ? 10 : (int) (done * 10 / total);
    if (now > tenths) {
      tenths = now;
      out.println("sent " + done + " of " + total + " bytes, " + now * 10 + " %");
      out.flush();
    }
  }
}
