package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.ResidueBatch;
import io.fedflow.components.crypto.TextHash;
import io.fedflow.components.task.Parallel;
import java.util.HexFormat;
import java.util.List;

/** The final hash: of a signature's hexadecimal digits, cut to {@link KeyIndex#WIDTH} bytes. */
final class SignatureHash {

  private final TextHash hash;

  SignatureHash(RsaSettings settings) {
    this.hash = TextHash.named(settings.finalHashName());
  }

  /** One digest per signature, one behind the other, in order. */
  byte[] of(TaskContext context, ResidueBatch signatures) throws InterruptedException {
    byte[] digests = new byte[signatures.count() * KeyIndex.WIDTH];
    List<byte[]> each =
        Parallel.map(
            context,
            signatures.count(),
            i -> HexFormat.of().parseHex(hash.hex(signatures.get(i).toString(16))));
    for (int i = 0; i < each.size(); i++) {
      System.arraycopy(each.get(i), 0, digests, i * KeyIndex.WIDTH, KeyIndex.WIDTH);
    }
    return digests;
  }
}
