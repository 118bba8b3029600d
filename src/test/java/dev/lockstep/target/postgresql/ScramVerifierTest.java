package dev.lockstep.target.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.domain.FailureCode;
import dev.lockstep.domain.RetryableException;
import dev.lockstep.domain.SecretValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ScramVerifierTest {

    /** The exchange printed in RFC 7677, section 3. */
    private static final String SALT = "W22ZaJ0SNY7soEsUEjb6gQ==";

    private static final String AUTH_MESSAGE = "n=user,r=rOprNGfwEbeRWgbNEkqO,"
            + "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=" + SALT + ",i=4096,"
            + "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String CLIENT_PROOF = "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=";
    private static final String SERVER_SIGNATURE = "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";

    @Test
    void the_example_of_the_standard_is_verified_by_both_keys() throws Exception {
        String verifier =
                ScramVerifier.of(SecretValue.of("pencil"), Base64.getDecoder().decode(SALT));

        assertThat(verifier).startsWith("SCRAM-SHA-256$4096:" + SALT + '$');
        String[] keys = verifier.substring(verifier.lastIndexOf('$') + 1).split(":", -1);
        byte[] storedKey = Base64.getDecoder().decode(keys[0]);
        byte[] serverKey = Base64.getDecoder().decode(keys[1]);
        assertThat(Base64.getEncoder().encodeToString(hmac(serverKey))).isEqualTo(SERVER_SIGNATURE);
        byte[] clientKey = hmac(storedKey);
        byte[] proof = Base64.getDecoder().decode(CLIENT_PROOF);
        for (int i = 0; i < clientKey.length; i++) {
            clientKey[i] ^= proof[i];
        }
        assertThat(MessageDigest.getInstance("SHA-256").digest(clientKey)).isEqualTo(storedKey);
    }

    @Test
    void another_salt_gives_another_verifier() {
        SecretValue secret = SecretValue.of("pencil");

        assertThat(ScramVerifier.of(secret, new byte[16])).isNotEqualTo(ScramVerifier.of(secret, new byte[] {1, 2}));
    }

    @Test
    void what_clients_would_normalise_differently_is_refused() {
        assertThatThrownBy(() -> ScramVerifier.of(SecretValue.of("pencil\u00ad"), new byte[16]))
                .isInstanceOfSatisfying(
                        RetryableException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.SECRET_REFUSED))
                .hasMessageNotContaining("pencil");
    }

    private static byte[] hmac(byte[] key) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(AUTH_MESSAGE.getBytes(StandardCharsets.US_ASCII));
    }
}
