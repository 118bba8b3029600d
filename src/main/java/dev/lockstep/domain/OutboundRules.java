package dev.lockstep.domain;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which addresses Lockstep connects to because somebody has configured them. Addresses of this machine, of its link and
 * of metadata services are none of them unless they are allowed by name: whoever may write a target's host could reach
 * through Lockstep what only Lockstep's machine can reach.
 *
 * @param allow what may be reached in any case
 * @param only what alone may be reached besides; everything that is not special when empty
 */
public record OutboundRules(List<Network> allow, List<Network> only) {

    /** Where nothing was configured. */
    public static final OutboundRules STANDARD = new OutboundRules(List.of(), List.of());

    private static final List<Network> METADATA =
            networks(List.of("fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "168.63.129.16", "192.0.0.192"));
    private static final List<Network> NOWHERE = networks(List.of("0.0.0.0/8", "255.255.255.255"));

    /** IPv6 addresses that stand for the IPv4 address in them, which begins at the given byte. */
    private static final Network NAT64 = Network.of("64:ff9b::/96").findFirst().orElseThrow();

    private static final Network SIX_TO_FOUR =
            Network.of("2002::/16").findFirst().orElseThrow();
    private static final Network COMPATIBLE = Network.of("::/96").findFirst().orElseThrow();

    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|0[xX][0-9a-fA-F.xX]+");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    public OutboundRules {
        allow = List.copyOf(allow);
        only = List.copyOf(only);
    }

    /** @throws InvalidInput when an entry is no network */
    public static OutboundRules of(List<String> allow, List<String> only) {
        return new OutboundRules(networks(allow), networks(only));
    }

    private static List<Network> networks(List<String> texts) {
        return texts.stream().flatMap(Network::of).toList();
    }

    /** Why no connection may be made to an address; empty when one may be made. */
    public Optional<String> objection(InetAddress address) {
        if (in(allow, address) || in(only, address)) {
            return Optional.empty();
        }
        Optional<String> special = special(address)
                .or(() -> embedded(address).filter(inner -> !in(allow, inner)).flatMap(OutboundRules::special));
        if (special.isPresent()) {
            return Optional.of("is " + special.get() + "; if that is meant, add it to lockstep.outbound.allow");
        }
        return only.isEmpty() ? Optional.empty() : Optional.of("is outside of the networks in lockstep.outbound.only");
    }

    /** The same for a host as it is written; a name other than {@code localhost} is not looked up. */
    public Optional<String> objectionToHost(String written) {
        String host = written.startsWith("[") ? written.substring(1, written.length() - 1) : written;
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.equals("localhost") || lower.equals("localhost.") || lower.endsWith(".localhost")) {
            return objection(InetAddress.getLoopbackAddress());
        }
        boolean numbers = NUMBERS.matcher(host).matches();
        if (numbers && !IPV4.matcher(host).matches()) {
            return Optional.of("is an address in a short form; write four numbers with dots");
        }
        if (!numbers && host.indexOf(':') < 0) {
            return Optional.empty();
        }
        try {
            return objection(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.of("is no address");
        }
    }

    private static boolean in(List<Network> networks, InetAddress address) {
        return networks.stream().anyMatch(network -> network.contains(address));
    }

    private static Optional<String> special(InetAddress address) {
        if (address.isLoopbackAddress()) {
            return Optional.of("a loop-back address");
        }
        if (address.isAnyLocalAddress() || address.isMulticastAddress() || in(NOWHERE, address)) {
            return Optional.of("a wildcard, broadcast or multicast address");
        }
        if (in(METADATA, address)) {
            return Optional.of("the address of a metadata service");
        }
        return address.isLinkLocalAddress() ? Optional.of("a link-local address") : Optional.empty();
    }

    private static Optional<InetAddress> embedded(InetAddress address) {
        int from =
                NAT64.contains(address) || COMPATIBLE.contains(address) ? 12 : SIX_TO_FOUR.contains(address) ? 2 : -1;
        if (from < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(address.getAddress(), from, from + 4)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** As {@link #parse} reads them. */
    public String text() {
        return join(allow) + ';' + join(only);
    }

    private static String join(List<Network> networks) {
        return networks.stream().map(Network::toString).collect(Collectors.joining(","));
    }

    /** What {@link #text} has written. */
    public static OutboundRules parse(String text) {
        String[] parts = text.split(";", -1);
        return of(split(parts[0]), split(parts[1]));
    }

    private static List<String> split(String part) {
        return Stream.of(part.split(",", -1)).filter(entry -> !entry.isEmpty()).toList();
    }
}
