package io.thumbnailer.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;

/**
 * Distinguishes public internet addresses from those with a special purpose, after IANA's
 * special-purpose registries for IPv4 and IPv6.
 */
public final class PublicAddress {
  private PublicAddress() {}

  /** Whether an address is public. Java reads an IPv4-mapped IPv6 address as IPv4 already. */
  public static boolean isPublic(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) {
      return false;
    }
    byte[] bytes = address.getAddress();
    return address instanceof Inet4Address ? isPublic4(bytes) : isPublic6(bytes);
  }

  private static boolean isPublic4(byte[] address) {
    int first = address[0] & 0xFF;
    int second = address[1] & 0xFF;
    int third = address[2] & 0xFF;
    return first != 0
        && first < 224 // multicast and reserved
        && !(first == 100 && second >= 64 && second < 128) // shared by carriers
        && !(first == 192 && second == 0 && (third == 0 || third == 2))
        && !(first == 192 && second == 88 && third == 99) // 6to4 relays
        && !(first == 198 && (second == 18 || second == 19)) // benchmarks
        && !(first == 198 && second == 51 && third == 100)
        && !(first == 203 && second == 0 && third == 113);
  }

  /**
   * Only global unicast, 2000::/3, except addresses that embed an IPv4 address or are for
   * documentation.
   */
  private static boolean isPublic6(byte[] address) {
    int first = ((address[0] & 0xFF) << 8) | (address[1] & 0xFF);
    int second = ((address[2] & 0xFF) << 8) | (address[3] & 0xFF);
    return (first & 0xE000) == 0x2000
        && first != 0x2002 // 6to4
        && !(first == 0x2001 && second < 0x0200) // Teredo and other protocols' own
        && !(first == 0x2001 && second == 0x0DB8)
        && !(first == 0x3FFF && second < 0x1000);
  }
}
