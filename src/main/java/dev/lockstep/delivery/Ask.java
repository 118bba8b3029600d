package dev.lockstep.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a client asks for. */
final class Ask {

    private static final int MOST = 64 * 1024;
    private static final int DEEPEST = 16;
    private static final Pattern TRAILING = Pattern.compile("/+$");
    private static final Pattern TOKEN_IN_QUERY =
            Pattern.compile("(?i)(?:^|&)(?:[a-z_.-]*token|secret_id|secret-id|jwt)=");
    private static final Set<String> WRITES = Set.of("POST", "PUT");
    private static final String BEARER = "bearer ";

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(MOST)
                    .build())
            .build());

    private final HttpServletRequest request;
    private final String path;

    private Ask(HttpServletRequest request, String path) {
        this.request = request;
        this.path = path;
    }

    /** @throws Refused when a secret stands in the address, where logs and proxies keep it */
    static Ask of(HttpServletRequest request) {
        String query = request.getQueryString();
        if (query != null && TOKEN_IN_QUERY.matcher(query).find()) {
            throw Refused.because(403, "a token in the query string is not accepted; send the header X-Vault-Token");
        }
        String info = request.getPathInfo();
        String path = info == null ? "" : TRAILING.matcher(info.substring(1)).replaceFirst("");
        return new Ask(request, path);
    }

    /** The path below {@code /v1}, decoded, without slashes at its ends. */
    String path() {
        return path;
    }

    /** Whether it lists what is below a path. */
    boolean lists() {
        return request.getMethod().equals("LIST") || (reads() && "true".equalsIgnoreCase(request.getParameter("list")));
    }

    boolean reads() {
        return request.getMethod().equals("GET");
    }

    boolean head() {
        return request.getMethod().equals("HEAD");
    }

    boolean writes() {
        return WRITES.contains(request.getMethod());
    }

    /** Null-free: the empty text stands for a parameter that is missing. */
    String parameter(String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value;
    }

    /** The token that comes with it; empty when there is none. */
    String token() {
        String token = request.getHeader("X-Vault-Token");
        if (token != null && !token.isBlank()) {
            return token.strip();
        }
        String login = request.getHeader("Authorization");
        return login != null && login.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? login.substring(BEARER.length()).strip()
                : "";
    }

    /** The event that a program was told last, when it has listened before; empty when not. */
    String lastEvent() {
        String last = request.getHeader("Last-Event-ID");
        return last == null ? "" : last.strip();
    }

    /** Keeps the connection, whose answer is written from now on by somebody else. */
    AsyncContext keep() {
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        return context;
    }

    /** Where it comes from. */
    InetAddress from() {
        try {
            return InetAddress.getByName(request.getRemoteAddr());
        } catch (UnknownHostException e) {
            throw Refused.denied();
        }
    }

    /** The body; an empty object when there is none, or it is an empty form. */
    JsonNode body() throws IOException {
        byte[] body = request.getInputStream().readNBytes(MOST + 1);
        if (body.length > MOST) {
            throw Refused.because(413, "a body has at most " + MOST + " bytes");
        }
        String type = String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT);
        if (body.length == 0 || type.startsWith("application/x-www-form-urlencoded")) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            JsonNode node = JSON.readTree(body);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException malformed) {
            // Said below. Its text may repeat a part of a secret.
        }
        throw Refused.because(400, "the body is no JSON object");
    }
}
