package dev.lockstep.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody who visits a server on this machine: keeps cookies, follows no redirect. */
public final class Visitor {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

    private final int port;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final Map<String, String> headers = new TreeMap<>();

    /** @param port of the server on the loop-back address */
    public Visitor(int port) {
        this.port = port;
    }

    /** Sends this header from now on. */
    public Visitor with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** Sends user and password by HTTP Basic from now on. */
    public Visitor basic(String user, String password) {
        return with("Authorization", basicHeader(user, password));
    }

    /** Looks at pages from now on. */
    public Visitor browser() {
        return with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8").with("Sec-Fetch-Site", "same-origin");
    }

    /** Logs in on the login page. */
    public HttpResponse<String> logIn(String user, String password) {
        String token = token(get("/login").body());
        return form("/login", Map.of("username", user, "password", password, "_csrf", token));
    }

    /** The token in a page's form. */
    public static String token(String page) {
        Matcher matcher = TOKEN.matcher(page);
        if (!matcher.find()) {
            throw new AssertionError("there is no token in the page: " + page);
        }
        return matcher.group(1);
    }

    /** Asks for a path. */
    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    /** Sends a form. */
    public HttpResponse<String> form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    /** Sends JSON with any method. */
    public HttpResponse<String> json(String method, String path, String body) {
        return send(
                request(path).header("Content-Type", "application/json").method(method, BodyPublishers.ofString(body)));
    }

    /** Uploads files beside the fields of a form; a file is named like its field, or {@code field=name}. */
    public HttpResponse<String> upload(String path, Map<String, String> fields, Map<String, String> files) {
        String boundary = "----part-of-the-test";
        StringBuilder body = new StringBuilder();
        fields.forEach((name, value) -> body.append(
                "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary, name, value)));
        files.forEach((name, content) -> body.append(
                        """
                --%1$s\r
                Content-Disposition: form-data; name="%2$s"; filename="%3$s"\r
                Content-Type: application/octet-stream\r
                \r
                """.formatted(boundary, name.replaceFirst("=.*", ""), name.replaceFirst(".*=", "")))
                .append(content)
                .append("\r\n"));
        body.append("--").append(boundary).append("--\r\n");
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(BodyPublishers.ofString(body.toString())));
    }

    /** The value of a cookie that the server has set. */
    public String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no cookie " + name));
    }

    /** The status of a request whose path is sent as it stands, however odd it is. */
    public static int rawStatus(int port, String method, String path, String user, String password) {
        String request = method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nAuthorization: "
                + basicHeader(user, password) + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            InputStream answer = socket.getInputStream();
            String status = new String(answer.readNBytes(12), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(status.substring(9));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String basicHeader(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
        headers.forEach(request::header);
        return request;
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
