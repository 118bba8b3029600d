package dev.lockstep.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockstep.domain.SecretValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An answer in the protocol's envelope. Secrets go into it as {@link SecretValue} and become bytes only when it is
 * written, which is once; what is put together for that is wiped, and so are they.
 */
final class Reply {

    private static final JsonFactory JSON = new JsonFactory();

    private final int status;
    private final String type;
    private final @Nullable Object body;

    private Reply(int status, @Nullable Object body) {
        this(status, "application/json", body);
    }

    private Reply(int status, String type, @Nullable Object body) {
        this.status = status;
        this.type = type;
        this.body = body;
    }

    static Reply data(Map<String, ?> data) {
        return data(data, List.of());
    }

    static Reply data(Map<String, ?> data, List<String> warnings) {
        return new Reply(200, envelope(data, null, warnings));
    }

    static Reply auth(Map<String, ?> auth) {
        return new Reply(200, envelope(null, auth, List.of()));
    }

    static Reply plain(int status, Map<String, ?> body) {
        return new Reply(status, body);
    }

    /** The beginning of a stream of events, which somebody else writes. */
    static Reply events() {
        return new Reply(200, "text/event-stream", null);
    }

    static Reply empty() {
        return new Reply(204, null);
    }

    static Reply refusal(Refused refused) {
        Map<String, ?> data = refused.data();
        return new Reply(
                refused.status(), data == null ? Map.of("errors", refused.errors()) : envelope(data, null, List.of()));
    }

    private static Map<String, @Nullable Object> envelope(
            @Nullable Map<String, ?> data, @Nullable Map<String, ?> auth, List<String> warnings) {
        Map<String, @Nullable Object> envelope = new LinkedHashMap<>();
        envelope.put("request_id", UUID.randomUUID().toString());
        envelope.put("lease_id", "");
        envelope.put("renewable", false);
        envelope.put("lease_duration", 0);
        envelope.put("data", data);
        envelope.put("wrap_info", null);
        envelope.put("warnings", warnings.isEmpty() ? null : warnings);
        envelope.put("auth", auth);
        return envelope;
    }

    int status() {
        return status;
    }

    String type() {
        return type;
    }

    /** Bytes that can be wiped. */
    private static final class Bytes extends ByteArrayOutputStream {

        void handOver(OutputStream out) throws IOException {
            try {
                out.write(buf, 0, count);
            } finally {
                Arrays.fill(buf, (byte) 0);
            }
        }
    }

    void write(OutputStream out) throws IOException {
        if (body == null) {
            return;
        }
        Bytes bytes = new Bytes();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            write(json, body);
        }
        bytes.handOver(out);
    }

    private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName(String.valueOf(entry.getKey()));
                write(json, entry.getValue());
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> all) {
            json.writeStartArray();
            for (Object each : all) {
                write(json, each);
            }
            json.writeEndArray();
        } else if (value instanceof SecretValue secret) {
            secret.expose(bytes -> written(json, bytes));
            secret.close();
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value.toString());
        }
    }

    private static boolean written(JsonGenerator json, byte[] bytes) {
        try {
            json.writeUTF8String(bytes, 0, bytes.length);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
