package dev.lockstep.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.domain.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/** JSON Lines whose last one signs how many there are and what is in them; docs/audit.md has the format. */
final class SignedLines {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final MessageDigest digest = Digests.sha256();
    private final String format;
    private final OutputStream out;
    private final OutputStream digested;
    private long count;

    /** @param format a name that is signed as well, so that a file of one kind never passes for another */
    SignedLines(String format, OutputStream out) {
        this.format = format;
        this.out = out;
        this.digested = new DigestOutputStream(out, digest);
    }

    void add(String line) throws IOException {
        digested.write(bytes(line));
        count++;
    }

    /** The last line. */
    void sign(SigningKey key) throws IOException {
        String sha256 = Digests.hex(digest.digest());
        String signed = format + '\n' + count + '\n' + sha256 + '\n';
        out.write(bytes(JSON.createObjectNode()
                .put("type", "signature")
                .put("lines", count)
                .put("sha256", sha256)
                .put("keyId", key.publicKey().id())
                .put("signature", key.sign(signed.getBytes(StandardCharsets.UTF_8)))
                .toString()));
        out.flush();
    }

    private static byte[] bytes(String line) {
        return (line + '\n').getBytes(StandardCharsets.UTF_8);
    }
}
