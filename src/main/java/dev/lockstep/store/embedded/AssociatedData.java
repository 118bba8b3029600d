package dev.lockstep.store.embedded;

import dev.lockstep.domain.SecretRef;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Binds a ciphertext to the row it belongs to: moved to another row, it does not open. */
final class AssociatedData {

    private AssociatedData() {}

    static byte[] ofSecret(String store, SecretRef ref) {
        return encode("secret", store, ref.credential().value(), String.valueOf(ref.version()));
    }

    static byte[] ofKeyset(KeysetName name, int generation) {
        return encode("keyset", name.value(), String.valueOf(generation));
    }

    /** Each part with its length before it, so that no two lists of parts have the same encoding. */
    private static byte[] encode(String... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }
}
