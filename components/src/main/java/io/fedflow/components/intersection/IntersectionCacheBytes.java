package io.fedflow.components.intersection;

import io.fedflow.components.intersection.IntersectionCache.HostSet;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stored form of a cache: a version byte, the method (0 rsa, 1 dh, 2 ecdh), then texts, numbers
 * and byte strings, each of the last two kinds behind its length in four bytes; big-endian.
 */
final class IntersectionCacheBytes {

  private static final byte VERSION = 1;
  private static final byte RSA = 0;
  private static final byte DH = 1;
  private static final byte ECDH = 2;

  private IntersectionCacheBytes() {}

  static byte[] write(IntersectionCache cache) {
    Out out = new Out();
    out.bytes.write(VERSION);
    if (cache.settings() instanceof RsaSettings rsa) {
      out.bytes.write(RSA);
      out.text(rsa.hashName()).text(rsa.salt()).text(rsa.finalHashName());
      out.number(rsa.keyBits()).flag(rsa.matchIds());
    } else {
      MaskSettings mask = (MaskSettings) cache.settings();
      out.bytes.write(mask.method().equals(MaskSettings.DH) ? DH : ECDH);
      out.text(mask.hash().name()).text(mask.hash().salt());
      out.number(mask.keyBits()).flag(mask.matchIds());
    }
    out.text(cache.id()).chunk(cache.secret()).number(cache.sets().size());
    cache
        .sets()
        .forEach(
            (host, set) ->
                out.text(host.role().name())
                    .text(host.id())
                    .chunk(set.publicKey())
                    .chunk(set.keys()));
    out.number(cache.ids().size());
    cache.ids().forEach(out::text);
    return out.bytes.toByteArray();
  }

  /**
   * Reads what {@link #write} gave.
   *
   * @throws FedflowException {@code intersection.cache} (INVALID) if it is something else
   */
  static IntersectionCache read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte version = in.get();
      if (version != VERSION) {
        throw malformed("version " + version + ", expected " + VERSION);
      }
      Settings settings = settings(in);
      String id = text(in);
      byte[] secret = chunk(in);
      Map<Party, HostSet> sets = sets(in);
      List<String> ids = new ArrayList<>();
      for (int left = number(in); left > 0; left--) {
        ids.add(text(in));
      }
      if (in.hasRemaining() || !IntersectionCache.isId(id)) {
        throw malformed("an id that is none, or " + in.remaining() + " bytes too many");
      }
      return new IntersectionCache(id, settings, secret, sets, ids);
    } catch (BufferUnderflowException cut) {
      throw malformed("an early end");
    } catch (IllegalArgumentException impossible) {
      throw malformed(impossible.getMessage());
    }
  }

  private static Settings settings(ByteBuffer in) {
    byte method = in.get();
    String hash = text(in);
    String salt = text(in);
    return switch (method) {
      case RSA ->
          new RsaSettings(salt, hash, text(in), false, true, number(in), flag(in), CacheUse.USED);
      case DH, ECDH ->
          new MaskSettings(
              method == DH ? MaskSettings.DH : MaskSettings.ECDH,
              new IdHash(hash, salt),
              number(in),
              false,
              true,
              flag(in),
              CacheUse.USED);
      default -> throw malformed("the method " + method);
    };
  }

  private static Map<Party, HostSet> sets(ByteBuffer in) {
    Map<Party, HostSet> sets = new LinkedHashMap<>();
    for (int left = number(in); left > 0; left--) {
      Party host = new Party(new Role(text(in)), text(in));
      HostSet set = new HostSet(chunk(in), chunk(in));
      if (set.keys().length % KeyIndex.WIDTH != 0 || sets.put(host, set) != null) {
        throw malformed("a cut set of ids, or two of " + host);
      }
    }
    return sets;
  }

  private static String text(ByteBuffer in) {
    return new String(chunk(in), StandardCharsets.UTF_8);
  }

  private static byte[] chunk(ByteBuffer in) {
    int length = number(in);
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  /** Nothing that is counted here takes less than a byte, but for the bits of a key. */
  private static int number(ByteBuffer in) {
    int number = in.getInt();
    if (number < 0) {
      throw malformed("the negative number " + number);
    }
    return number;
  }

  private static boolean flag(ByteBuffer in) {
    byte flag = in.get();
    if (flag != 0 && flag != 1) {
      throw malformed("the flag " + flag);
    }
    return flag == 1;
  }

  private static FedflowException malformed(String found) {
    return FedflowException.invalid(
        "intersection.cache", "the cache is not what an intersection makes: found " + found);
  }

  private static final class Out {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Out text(String text) {
      return chunk(text.getBytes(StandardCharsets.UTF_8));
    }

    Out chunk(byte[] chunk) {
      number(chunk.length);
      bytes.writeBytes(chunk);
      return this;
    }

    Out number(int number) {
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
      return this;
    }

    Out flag(boolean flag) {
      bytes.write(flag ? 1 : 0);
      return this;
    }
  }
}
