package io.fedflow.components.intersection;

import io.fedflow.component.TaskContext;
import io.fedflow.components.crypto.ResidueBatch;
import io.fedflow.components.crypto.TextHash;
import io.fedflow.components.task.Parallel;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The final hash: of a signature's hexadecimal digits, cut to {@link DigestList#WIDTH} bytes. */
final class SignatureHash {

  private final TextHash hash;

  SignatureHash(RsaSettings settings) {
    this.hash = TextHash.named(settings.finalHashName());
  }

  /** One digest per signature, in order. */
  List<byte[]> of(TaskContext context, ResidueBatch signatures) throws InterruptedException {
    return Parallel.map(
        context, signatures.count(), i -> cut(hash.hex(signatures.get(i).toString(16))));
  }

  private static byte[] cut(String hex) {
    return Arrays.copyOf(HexFormat.of().parseHex(hex), DigestList.WIDTH);
  }
}
