package dev.lockstep.generate;

import dev.lockstep.domain.KeyStrength;
import dev.lockstep.domain.SecretRules;
import dev.lockstep.domain.SecretValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/** Makes key pairs; the secret is the private key in PKCS#8 PEM with lines of 64 characters (RFC 7468). */
final class KeyPairs {

    private static final byte[] HEADER = "-----BEGIN PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FOOTER = "\n-----END PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII);

    private final SecureRandom random;

    KeyPairs(SecureRandom random) {
        this.random = random;
    }

    SecretValue generate(SecretRules.KeyPair rules) {
        KeyStrength.check(rules);
        try {
            return pem(generator(rules).generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform makes no keys of the kind " + rules.algorithm(), e);
        }
    }

    private KeyPairGenerator generator(SecretRules.KeyPair rules) throws GeneralSecurityException {
        KeyPairGenerator generator =
                KeyPairGenerator.getInstance(rules.algorithm().name());
        switch (rules.algorithm()) {
            case RSA -> generator.initialize(rules.size(), random);
            case EC -> generator.initialize(new ECGenParameterSpec("secp" + rules.size() + "r1"), random);
            case ED25519 -> generator.initialize(rules.size(), random);
        }
        return generator;
    }

    private static SecretValue pem(byte[] der) {
        byte[] base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encode(der);
        byte[] pem = ByteBuffer.allocate(HEADER.length + base64.length + FOOTER.length)
                .put(HEADER)
                .put(base64)
                .put(FOOTER)
                .array();
        try {
            return SecretValue.of(pem);
        } finally {
            Arrays.fill(der, (byte) 0);
            Arrays.fill(base64, (byte) 0);
            Arrays.fill(pem, (byte) 0);
        }
    }
}
