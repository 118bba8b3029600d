package dev.lockstep.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody with a browser that knows no scripts: follows redirects, keeps cookies, fills in forms. */
final class Walker {

    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]*)\"(.*?)</form>", Pattern.DOTALL);
    private static final Pattern INPUT = Pattern.compile("<input[^>]*>", Pattern.DOTALL);

    private static final Pattern PATH = Pattern.compile("(?i);\\s*path=([^;]*)");

    /** By server, path and name: Java's own cookies go back in a form that few servers read. */
    private final Map<String, String> cookies = new LinkedHashMap<>();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    HttpResponse<String> open(String address) {
        return send(HttpRequest.newBuilder(URI.create(address)).GET());
    }

    /** Fills in the first form of a page whose action has this in it, and sends it. */
    HttpResponse<String> submit(HttpResponse<String> page, String action, Map<String, String> typed) {
        Matcher form = FORM.matcher(page.body());
        while (form.find()) {
            String to = form.group(1).replace("&amp;", "&");
            if (to.contains(action)) {
                Map<String, String> fields = new LinkedHashMap<>();
                INPUT.matcher(form.group(2)).results().forEach(input -> {
                    String name = attribute(input.group(), "name");
                    if (!name.isEmpty()) {
                        fields.put(name, attribute(input.group(), "value"));
                    }
                });
                fields.putAll(typed);
                return post(page.uri().resolve(to), fields);
            }
        }
        throw new AssertionError("no form for " + action + " in " + page.uri() + ": " + page.body());
    }

    private HttpResponse<String> post(URI address, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String attribute(String tag, String name) {
        Matcher matcher = Pattern.compile("\\s" + name + "=\"([^\"]*)\"").matcher(tag);
        return matcher.find() ? matcher.group(1) : "";
    }

    private HttpResponse<String> send(HttpRequest.Builder builder) {
        URI address = builder.copy().build().uri();
        builder.header("Accept", "text/html,application/xhtml+xml,application/json;q=0.9");
        String known = cookies(address);
        if (!known.isEmpty()) {
            builder.header("Cookie", known);
        }
        HttpResponse<String> answer = answer(builder.build());
        answer.headers().allValues("Set-Cookie").forEach(cookie -> remember(address, cookie));
        return answer.headers()
                .firstValue("Location")
                .map(to -> open(address.resolve(to).toString()))
                .orElse(answer);
    }

    private void remember(URI address, String cookie) {
        Matcher path = PATH.matcher(cookie);
        String pair = cookie.replaceFirst(";.*", "");
        String key =
                address.getAuthority() + " " + (path.find() ? path.group(1) : "/") + " " + pair.replaceFirst("=.*", "");
        if (cookie.toLowerCase(Locale.ROOT).contains("max-age=0")) {
            cookies.remove(key);
        } else {
            cookies.put(key, pair);
        }
    }

    private String cookies(URI address) {
        return cookies.entrySet().stream()
                .filter(cookie -> {
                    String[] key = cookie.getKey().split(" ");
                    return key[0].equals(address.getAuthority())
                            && address.getPath().startsWith(key[1]);
                })
                .map(Map.Entry::getValue)
                .collect(Collectors.joining("; "));
    }

    private HttpResponse<String> answer(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
