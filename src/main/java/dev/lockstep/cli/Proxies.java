package dev.lockstep.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chooses the proxy: that of the profile, else the one that the environment names as it does for other programs. */
final class Proxies extends ProxySelector {

    private final Terminal terminal;
    private final @Nullable String configured;

    Proxies(Terminal terminal, @Nullable String configured) {
        this.terminal = terminal;
        this.configured = configured;
    }

    @Override
    public List<Proxy> select(URI uri) {
        String proxy = configured != null ? configured : named(uri);
        return List.of(proxy == null ? Proxy.NO_PROXY : proxy(proxy));
    }

    private @Nullable String named(URI uri) {
        if (excepted(String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT))) {
            return null;
        }
        String variable = uri.getScheme() + "_proxy";
        String lower = terminal.variable(variable);
        return lower != null ? lower : terminal.variable(variable.toUpperCase(Locale.ROOT));
    }

    private boolean excepted(String host) {
        String lower = terminal.variable("no_proxy");
        String list = lower != null ? lower : terminal.variable("NO_PROXY");
        return list != null
                && Stream.of(list.toLowerCase(Locale.ROOT).split(","))
                        .map(String::strip)
                        .map(name -> name.startsWith(".") ? name.substring(1) : name)
                        .anyMatch(name -> name.equals("*") || host.equals(name) || host.endsWith("." + name));
    }

    private static Proxy proxy(String text) {
        URI uri = Addresses.parse("proxy", text.contains("://") ? text : "http://" + text);
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), port));
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException reason) {
        // The exception reaches whoever sent the request.
    }
}
