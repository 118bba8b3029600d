package dev.lockstep.notify.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that takes mails after STARTTLS only; as much of SMTP as one client needs. */
final class StartTlsServer implements AutoCloseable {

    final List<String> overTls = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;
    private final SSLContext tls;

    StartTlsServer(SSLContext tls) throws IOException {
        this.tls = tls;
        this.listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "starttls");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket client = listener.accept()) {
                talk(client, false);
            } catch (IOException ended) {
                overTls.add("ended: " + ended.getClass().getSimpleName());
            }
        }
    }

    private void talk(Socket client, boolean secure) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8), 1);
        PrintWriter out = new PrintWriter(client.getOutputStream(), true, StandardCharsets.UTF_8);
        if (!secure) {
            out.print("220 here\r\n");
            out.flush();
        }
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (secure) {
                overTls.add(line);
            }
            if (data) {
                data = !line.equals(".");
                if (data) {
                    continue;
                }
            } else if (line.startsWith("EHLO")) {
                out.print("250-here\r\n250 " + (secure ? "AUTH PLAIN" : "STARTTLS") + "\r\n");
                out.flush();
                continue;
            } else if (line.equals("STARTTLS")) {
                out.print("220 go\r\n");
                out.flush();
                SSLSocket upgraded = (SSLSocket) tls.getSocketFactory().createSocket(client, null, true);
                upgraded.setUseClientMode(false);
                talk(upgraded, true);
                return;
            } else if (line.equals("DATA")) {
                data = true;
            }
            out.print(line.equals("DATA") ? "354 go\r\n" : line.startsWith("AUTH") ? "235 ok\r\n" : "250 ok\r\n");
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
