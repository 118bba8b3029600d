package dev.lockstep.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;

/** Takes syslog over TCP or TLS as RFC 6587 frames it, until it is closed. */
final class SyslogReceiver implements AutoCloseable {

    final List<String> messages = new CopyOnWriteArrayList<>();
    private final ServerSocket server;
    private volatile boolean deaf;
    int lost;

    SyslogReceiver(ServerSocketFactory sockets, int port) {
        try {
            server = sockets.createServerSocket(port, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "syslog");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on connections are closed after a few bytes. */
    void deaf(boolean now) {
        deaf = now;
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                InputStream in = socket.getInputStream();
                if (deaf) {
                    in.readNBytes(10);
                    socket.setSoLinger(true, 0);
                } else {
                    frames(in);
                }
            } catch (IOException gone) {
                lost++;
            }
        }
    }

    private void frames(InputStream in) throws IOException {
        int length = 0;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == ' ') {
                messages.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
                length = 0;
            } else {
                length = length * 10 + next - '0';
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
