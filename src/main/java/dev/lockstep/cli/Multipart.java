package dev.lockstep.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A form with files, as RFC 7578 writes it. */
final class Multipart {

    private final String boundary = "lockstep-" + UUID.randomUUID();
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    Multipart field(String name, String text) {
        return part("name=\"" + name + "\"", "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    Multipart file(String name, String fileName, byte[] content) {
        return part(
                "name=\"" + quoted(name) + "\"; filename=\"" + quoted(fileName) + "\"",
                "application/octet-stream",
                content);
    }

    private Multipart part(String disposition, String type, byte[] content) {
        write("--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\nContent-Type: " + type
                + "\r\n\r\n");
        parts.writeBytes(content);
        write("\r\n");
        return this;
    }

    private static String quoted(String name) {
        return name.replaceAll("[\"\\r\\n\\\\]", "_");
    }

    private void write(String text) {
        parts.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    byte[] bytes() {
        byte[] end = ("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] begun = parts.toByteArray();
        byte[] all = new byte[begun.length + end.length];
        System.arraycopy(begun, 0, all, 0, begun.length);
        System.arraycopy(end, 0, all, begun.length, end.length);
        return all;
    }
}
