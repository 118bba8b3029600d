package dev.lockstep.audit;

import dev.lockstep.domain.Digests;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The hash that ties an event to everything sealed before it; docs/audit.md has the format. */
final class ChainHash {

    /** What stands before the first entry. */
    static final String GENESIS = "0".repeat(64);

    private static final String DOMAIN = "lockstep.audit.event.v1";

    private ChainHash() {}

    /** SHA-256 in lower-case hex of the event at its position behind {@code previous}. */
    static String of(String previous, long position, StoredEvent event) {
        return Digests.sha256(encode(previous, position, event));
    }

    private static byte[] encode(String previous, long position, StoredEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(out, DOMAIN);
            text(out, previous);
            out.writeLong(position);
            out.writeLong(event.id());
            out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, event.recordedAt()));
            text(out, event.actor());
            text(out, event.action());
            text(out, event.phase());
            text(out, event.subject());
            optional(out, event.operation());
            text(out, event.details());
        } catch (IOException impossible) {
            throw new UncheckedIOException("memory cannot fail to be written", impossible);
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String value) throws IOException {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static void optional(DataOutputStream out, @Nullable Long value) throws IOException {
        out.writeByte(value == null ? 0 : 1);
        if (value != null) {
            out.writeLong(value);
        }
    }
}
