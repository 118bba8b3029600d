package dev.lockstep.testing;

import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.Sealing;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Hides what it is given under its owner's name; for servers without a store of their own. */
public final class PaperSealing implements Sealing {

    @Override
    public byte[] seal(String owner, SecretValue secret) {
        String hidden = secret.expose(bytes -> Base64.getEncoder().encodeToString(bytes));
        return (owner + "\n" + hidden).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public SecretValue open(String owner, byte[] wrapped) {
        String text = new String(wrapped, StandardCharsets.UTF_8);
        if (!text.startsWith(owner + "\n")) {
            throw new IllegalArgumentException("sealed for somebody else");
        }
        return SecretValue.of(Base64.getDecoder().decode(text.substring(owner.length() + 1)));
    }
}
