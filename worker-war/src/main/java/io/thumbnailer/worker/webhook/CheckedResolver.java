package io.thumbnailer.worker.webhook;

import io.thumbnailer.webhook.PublicAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves a host for the connection itself, so that the checked address is the one that is called.
 * This defeats DNS rebinding.
 */
final class CheckedResolver implements DnsResolver {
  private final boolean allowPrivateAddresses;

  CheckedResolver(boolean allowPrivateAddresses) {
    this.allowPrivateAddresses = allowPrivateAddresses;
  }

  /** Refuses a host if any of its addresses is not public. */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    if (!allowPrivateAddresses && !Stream.of(addresses).allMatch(PublicAddress::isPublic)) {
      throw new UnknownHostException("the host resolves to an address that is not public");
    }
    return addresses;
  }

  @Override
  public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
    return Stream.of(resolve(host)).map(address -> new InetSocketAddress(address, port)).toList();
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
