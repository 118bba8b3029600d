package dev.lockstep.web;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends bytes as they stand to a server on this machine, however odd they are. */
record RawRequest(int port, String user) {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    /** What came back. */
    record Answer(int status, String head, String body) {}

    /** Sends a request without a body. */
    Answer send(String method, String path) {
        return send(method, path, "Content-Length: 0\r\n", "");
    }

    /** @param path one char is one byte */
    Answer send(String method, String path, String headers, String body) {
        String login =
                Base64.getEncoder().encodeToString((user + ":" + Samples.PASSWORD).getBytes(StandardCharsets.UTF_8));
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nAuthorization: Basic "
                + login + "\r\nConnection: close\r\n" + headers + "\r\n" + body;
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            return read(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits no longer than for what was announced: the server may still hope for the rest of the request. */
    private static Answer read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("closed within the head: " + bytes.toString(StandardCharsets.ISO_8859_1));
            }
            bytes.write(next);
        }
        String head = bytes.toString(StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(head);
        byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : in.readAllBytes();
        return new Answer(Integer.parseInt(head.substring(9, 12)), head, new String(body, StandardCharsets.UTF_8));
    }
}
