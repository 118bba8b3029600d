package dev.lockstep.outbound;

import dev.lockstep.domain.OutboundRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Sockets that look at the address they are about to connect to. A name that leads elsewhere than a moment ago does not
 * help: what is checked is what is connected to.
 */
public final class GuardedSockets extends SocketFactory {

    private final OutboundRules rules;

    public GuardedSockets(OutboundRules rules) {
        this.rules = rules;
    }

    /** For drivers that make their socket factory by the name of its class. */
    public GuardedSockets(String rules) {
        this(OutboundRules.parse(rules));
    }

    @Override
    public Socket createSocket() {
        return new Guarded(rules);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return createSocket(host, port);
    }

    private Socket connected(InetSocketAddress address) throws IOException {
        Socket socket = createSocket();
        try {
            socket.connect(address);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static final class Guarded extends Socket {

        private final OutboundRules rules;

        Guarded(OutboundRules rules) {
            this.rules = rules;
        }

        @Override
        public void connect(SocketAddress endpoint, int timeout) throws IOException {
            if (!(endpoint instanceof InetSocketAddress address)) {
                throw new IOException("only internet addresses are connected to");
            }
            if (!address.isUnresolved()) {
                OutboundRefused.check(rules, address.getHostString(), address.getAddress());
            }
            super.connect(endpoint, timeout);
        }

        @Override
        public void connect(SocketAddress endpoint) throws IOException {
            connect(endpoint, 0);
        }
    }
}
