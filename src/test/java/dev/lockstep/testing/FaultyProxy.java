package dev.lockstep.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A TCP proxy in front of a real server that misbehaves on demand, also in the middle of a connection. */
public final class FaultyProxy implements AutoCloseable {

    /** What happens to the bytes from now on. */
    public enum Mode {
        /** All goes through. */
        PASS,
        /** Connections are accepted, and nothing goes through either way. */
        BLACK_HOLE,
        /** The server hears and acts, but its answers never arrive: the outcome is unknown. */
        SWALLOW_ANSWERS,
        /** Connections are reset. */
        RESET
    }

    private record Trigger(String marker, Mode mode) {}

    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.PASS;
    private volatile Duration delay = Duration.ZERO;
    private volatile @Nullable Trigger trigger;

    private FaultyProxy(InetSocketAddress server, ServerSocket listener) {
        this.server = server;
        this.listener = listener;
    }

    /** Starts a proxy on a free port of the loop-back address. */
    public static FaultyProxy to(InetSocketAddress server) {
        try {
            FaultyProxy proxy = new FaultyProxy(server, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where clients connect. */
    public InetSocketAddress address() {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** Changes the behaviour at once, for open connections too. */
    public void mode(Mode newMode) {
        trigger = null;
        mode = newMode;
        if (newMode == Mode.RESET) {
            sockets.forEach(FaultyProxy::reset);
        }
    }

    /** Changes the behaviour when a client next sends the text, which itself meets the new behaviour already. */
    public void mode(Mode newMode, String marker) {
        trigger = new Trigger(marker, newMode);
    }

    /** Holds each piece of data back for so long. */
    public void delay(Duration newDelay) {
        delay = newDelay;
    }

    private void accept() {
        try {
            while (true) {
                serve(listener.accept());
            }
        } catch (IOException e) {
            sockets.forEach(FaultyProxy::reset); // the listener was closed
        }
    }

    private void serve(Socket client) {
        sockets.add(client);
        if (mode == Mode.RESET) {
            reset(client);
            return;
        }
        try {
            Socket upstream = new Socket(server.getAddress(), server.getPort());
            sockets.add(upstream);
            start(() -> pump(client, upstream, true));
            start(() -> pump(upstream, client, false));
        } catch (IOException serverIsDown) {
            reset(client);
        }
    }

    private void pump(Socket from, Socket to, boolean fromClient) {
        byte[] buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (fromClient) {
                    pullTrigger(buffer, n);
                }
                Thread.sleep(delay.toMillis());
                if (mode == Mode.PASS || (mode == Mode.SWALLOW_ANSWERS && fromClient)) {
                    out.write(buffer, 0, n);
                    out.flush();
                }
            }
            if (mode == Mode.PASS) {
                to.shutdownOutput();
            }
        } catch (IOException ended) {
            reset(to); // one side has gone, so the other one is told
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pullTrigger(byte[] buffer, int length) {
        Trigger set = trigger;
        if (set != null && new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(set.marker())) {
            mode(set.mode());
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // closed already, which is what was wanted
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "faulty-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        sockets.forEach(FaultyProxy::reset);
    }
}
