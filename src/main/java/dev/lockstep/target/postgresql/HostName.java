package dev.lockstep.target.postgresql;

import dev.lockstep.domain.InvalidInput;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A host name or address that can be nothing else: no list, no path, no part of a JDBC URL. */
record HostName(String value) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9._])?");
    private static final Pattern IPV4 =
            Pattern.compile("(OCTET\\.){3}OCTET".replace("OCTET", "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"));
    private static final Pattern ONLY_NUMBERS = Pattern.compile("[0-9.]+|0[xX][0-9a-fA-F.xX]+");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");

    static HostName of(String value) {
        HostName host = new HostName(value);
        boolean six = value.indexOf(':') >= 0 && IPV6.matcher(value).matches();
        boolean name =
                NAME.matcher(value).matches() && !ONLY_NUMBERS.matcher(value).matches();
        if (!six && !name && !IPV4.matcher(value).matches()) {
            throw new InvalidInput("host", "host is one host name or IP address, without port, path or list");
        }
        host.address().ifPresent(HostName::refuseSpecial);
        return host;
    }

    boolean isLoopback() {
        return value.equalsIgnoreCase("localhost")
                || address().map(InetAddress::isLoopbackAddress).orElse(false);
    }

    /** Link-local addresses lead to metadata services, never to a database. */
    private static void refuseSpecial(InetAddress address) {
        if (address.isLinkLocalAddress() || address.isAnyLocalAddress() || address.isMulticastAddress()) {
            throw new InvalidInput("host", "host is not a link-local, wildcard or multicast address");
        }
    }

    /** The address when one is written; a name is not looked up. */
    private Optional<InetAddress> address() {
        if (value.indexOf(':') < 0 && !IPV4.matcher(value).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(value));
        } catch (UnknownHostException e) {
            throw new InvalidInput("host", "host is one host name or IP address, without port, path or list");
        }
    }
}
