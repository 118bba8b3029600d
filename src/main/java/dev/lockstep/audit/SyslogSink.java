package dev.lockstep.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Syslog messages by RFC 5424: over TCP and TLS with their length before each (RFC 6587, RFC 5425), over UDP one by one
 * (RFC 5426). Syslog knows no receipt, so each batch has a connection of its own, and counts as arrived when the
 * receiver has read it to its end and closes. What UDP loses stays lost.
 */
final class SyslogSink implements StreamSink {

    /** Facility 13, log audit; severity 6, informational. */
    private static final int PRIORITY = 13 * 8 + 6;

    private static final int PATIENCE_MS = (int) Duration.ofSeconds(10).toMillis();
    private static final int LONGEST_DATAGRAM = 60_000;

    private final URI address;
    private final String host;
    private final Supplier<SSLContext> tls;

    /**
     * @param address {@code udp://}, {@code tcp://} or {@code tls://} with host and port
     * @param host the name that this node has in the messages
     */
    SyslogSink(URI address, String host, Supplier<SSLContext> tls) {
        this.address = address;
        this.host = host;
        this.tls = tls;
    }

    @Override
    public void send(List<StreamedEntry> entries) throws IOException {
        if ("udp".equals(address.getScheme())) {
            datagrams(entries);
            return;
        }
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (StreamedEntry entry : entries) {
            byte[] message = message(entry);
            frames.writeBytes((message.length + " ").getBytes(StandardCharsets.US_ASCII));
            frames.writeBytes(message);
        }
        try (Socket socket = connected()) {
            socket.setSoTimeout(PATIENCE_MS);
            frames.writeTo(socket.getOutputStream());
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            if (socket.getInputStream().read() != -1) {
                throw new IOException("the receiver answers, which a receiver of syslog does not");
            }
        }
    }

    private Socket connected() throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(address.getHost(), address.getPort()), PATIENCE_MS);
            return "tls".equals(address.getScheme()) ? secured(plain) : plain;
        } catch (IOException | RuntimeException failed) {
            plain.close();
            throw failed;
        }
    }

    private Socket secured(Socket plain) throws IOException {
        plain.setSoTimeout(PATIENCE_MS);
        SSLSocket secured = (SSLSocket)
                tls.get().getSocketFactory().createSocket(plain, address.getHost(), address.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private void datagrams(List<StreamedEntry> entries) throws IOException {
        InetAddress to = InetAddress.getByName(address.getHost());
        try (DatagramSocket socket = new DatagramSocket()) {
            for (StreamedEntry entry : entries) {
                byte[] message = message(entry);
                int length = Math.min(message.length, LONGEST_DATAGRAM);
                socket.send(new DatagramPacket(message, length, to, address.getPort()));
            }
        }
    }

    private byte[] message(StreamedEntry entry) {
        StoredEvent event = entry.event();
        String text = "<" + PRIORITY + ">1 " + event.recordedAt() + ' ' + word(host, 255) + " lockstep - "
                + word(event.action(), 32) + " - " + entry.json();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A field of the header: visible ASCII without blanks, or a dash. */
    private static String word(@Nullable String text, int longest) {
        String word = text == null ? "" : text.replaceAll("[^!-~]", "_");
        return word.isEmpty() ? "-" : word.substring(0, Math.min(word.length(), longest));
    }
}
