package io.fedflow.components.intersection;

import io.fedflow.components.intersection.IntersectionCache.HostSet;
import io.fedflow.failure.FedflowException;
import io.fedflow.party.Party;
import io.fedflow.party.Role;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
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

  /**
   * Writes a cache, whose ids and keys are read one after the other.
   *
   * @throws FedflowException {@code intersection.cache} (INVALID) if it is more than a cache holds
   */
  static byte[] write(IntersectionCache cache) throws InterruptedException {
    return CacheWriter.write(out -> write(cache, out));
  }

  private static void write(IntersectionCache cache, CacheWriter out) throws InterruptedException {
    out.octet(VERSION);
    if (cache.settings() instanceof RsaSettings rsa) {
      out.octet(RSA);
      out.text(rsa.hashName()).text(rsa.salt()).text(rsa.finalHashName());
      out.number(rsa.keyBits()).flag(rsa.matchIds());
    } else {
      MaskSettings mask = (MaskSettings) cache.settings();
      out.octet(mask.method().equals(MaskSettings.DH) ? DH : ECDH);
      out.text(mask.hash().name()).text(mask.hash().salt());
      out.number(mask.keyBits()).flag(mask.matchIds());
    }
    out.text(cache.id()).chunk(cache.secret()).number(cache.sets().size());
    for (Map.Entry<Party, HostSet> set : cache.sets().entrySet()) {
      out.text(set.getKey().role().name())
          .text(set.getKey().id())
          .chunk(set.getValue().publicKey())
          .keys(set.getValue().keys());
    }
    out.number(cache.ids().size());
    cache.ids().forEach(out::text);
  }

  /**
   * Reads what {@link #write} gave. Ids and keys stay where they are in {@code bytes}.
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
      int count = number(in);
      int first = in.position();
      for (int left = count; left > 0; left--) {
        part(in, number(in));
      }
      KeptTexts ids =
          new KeptTexts(ByteBuffer.wrap(bytes, first, in.position() - first).slice(), count);
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
      byte[] publicKey = chunk(in);
      int length = number(in);
      HostSet set = new HostSet(publicKey, new KeptKeys(part(in, length)));
      if (length % KeyIndex.WIDTH != 0 || sets.put(host, set) != null) {
        throw malformed("a cut set of ids, or two of " + host);
      }
    }
    return sets;
  }

  private static String text(ByteBuffer in) {
    return new String(chunk(in), StandardCharsets.UTF_8);
  }

  private static byte[] chunk(ByteBuffer in) {
    ByteBuffer part = part(in, number(in));
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    return bytes;
  }

  /** The next bytes, where they are. */
  private static ByteBuffer part(ByteBuffer in, int length) {
    if (length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer part = in.slice(in.position(), length);
    in.position(in.position() + length);
    return part;
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
}
