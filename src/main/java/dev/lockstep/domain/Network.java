package dev.lockstep.domain;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Addresses that begin alike, for example {@code 10.0.0.0/8}.
 *
 * @param base one of them
 * @param prefix how many bits are alike
 */
public record Network(InetAddress base, int prefix) {

    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F.:]{2,45})(?:/([0-9]{1,3}))?");
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /** What can be written instead of numbers. */
    private static final Map<String, List<String>> WORDS = Map.of(
            "loopback", List.of("127.0.0.0/8", "::1/128"),
            "link-local", List.of("169.254.0.0/16", "fe80::/10"),
            "private", List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"));

    public Network {
        if (prefix < 0 || prefix > base.getAddress().length * 8) {
            throw new IllegalArgumentException("no such prefix: " + prefix);
        }
    }

    /**
     * The networks of a word ({@code loopback}, {@code link-local}, {@code private}), of an address or of a network.
     *
     * @throws InvalidInput when it is none of them; a name is never looked up
     */
    public static Stream<Network> of(String text) {
        return WORDS.getOrDefault(text, List.of(text)).stream().map(Network::parse);
    }

    private static Network parse(String text) {
        var matcher = FORM.matcher(text);
        if (matcher.matches()) {
            InetAddress base = address(matcher.group(1));
            int bits = base.getAddress().length * 8;
            int prefix = matcher.group(2) == null ? bits : Integer.parseInt(matcher.group(2));
            if (prefix <= bits) {
                return new Network(base, prefix);
            }
        }
        throw noNetwork(text);
    }

    private static InetAddress address(String text) {
        if (text.indexOf(':') < 0 && !IPV4.matcher(text).matches()) {
            throw noNetwork(text);
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw noNetwork(text);
        }
    }

    private static InvalidInput noNetwork(String text) {
        return new InvalidInput(
                "network",
                "'" + text + "' is no network; write for example 10.0.0.0/8, 192.0.2.7, fd00::/8, loopback or private");
    }

    /** Whether the address is one of them. */
    public boolean contains(InetAddress address) {
        byte[] mine = base.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> (bit % 8);
            if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return base.getHostAddress() + '/' + prefix;
    }
}
