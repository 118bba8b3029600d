package dev.lockstep.access;

import dev.lockstep.domain.SecretValue;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;

/** The app on a phone: knows a secret as it was typed in. */
public final class Authenticator {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private final byte[] secret;
    private final Clock clock;

    public Authenticator(String text, Clock clock) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int buffer = 0;
        int held = 0;
        for (char each : text.replace(" ", "").toCharArray()) {
            buffer = (buffer << 5) | ALPHABET.indexOf(each);
            held += 5;
            if (held >= 8) {
                held -= 8;
                bytes.write(buffer >> held);
                buffer &= (1 << held) - 1;
            }
        }
        this.secret = bytes.toByteArray();
        this.clock = clock;
    }

    SecretValue code() {
        return SecretValue.of(text());
    }

    public String text() {
        return textAt(clock.instant());
    }

    /** What it shows at another time. */
    public String textAt(Instant when) {
        return OneTimeCodes.at(secret, when.getEpochSecond() / OneTimeCodes.STEP_SECONDS);
    }
}
