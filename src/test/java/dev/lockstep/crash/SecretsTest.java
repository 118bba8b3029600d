package dev.lockstep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.domain.SecretValue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SecretsTest {

    private static final String SECRET = "k3v9w0q2m5x7c1z8b4n6a0s2d3f5g7h9";

    private final Secrets secrets = new Secrets();

    SecretsTest() {
        secrets.remember(SecretValue.of(SECRET), "somebody");
    }

    @Test
    void aSecretIsFoundInTheMiddleOfAText() {
        assertThat(secrets.in("(17,\"password=" + SECRET + "\",t)", "a table"))
                .contains("a secret of somebody stands in a table");
    }

    @Test
    void aSecretIsFoundInBytes() {
        byte[] trace = ("at dev.lockstep: " + SECRET + "!").getBytes(StandardCharsets.US_ASCII);
        assertThat(secrets.in("(17,\"\\\\x" + HexFormat.of().formatHex(trace) + "\")", "a table"))
                .isNotEmpty();
    }

    @Test
    void nothingIsFoundWhereNoSecretIs() {
        assertThat(secrets.in("the operation of test/crash/postgres/trial-1 waits", "the log"))
                .isEmpty();
    }
}
