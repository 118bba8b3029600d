package dev.lockstep.web;

import dev.lockstep.domain.Identity;
import dev.lockstep.domain.SecretValue;
import dev.lockstep.port.ReaderTokens;
import dev.lockstep.port.SecretIds;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A program that reads secrets. */
record IdentityView(
        @Schema(example = "shop-web") String name,

        @Schema(description = "the consumer that it is", example = "orders")
        String consumer,

        @Schema(allowableValues = {"approle", "jwt", "kubernetes"})
        String login,

        @Schema(description = "names it may read; any when empty")
        List<String> credentials,

        @Schema(description = "labels that a credential must have")
        Map<String, String> labels) {

    static IdentityView of(Identity identity) {
        return new IdentityView(
                identity.name(),
                identity.consumer(),
                identity.login().method(),
                identity.reads().credentials(),
                identity.reads().labels());
    }

    /** With what it logs in with and what it holds. */
    record Whole(IdentityView identity, List<SecretId> secretIds, List<Token> tokens) {}

    /** A secret_id, without its value. */
    record SecretId(
            String accessor,
            String issuedBy,
            Instant issuedAt,
            Instant expiresAt,

            @Schema(description = "missing when nobody has logged in with it") @Nullable
            Instant usedAt) {

        static SecretId of(SecretIds.SecretId secret) {
            return new SecretId(
                    secret.accessor(), secret.issuedBy(), secret.issuedAt(), secret.expiresAt(), secret.usedAt());
        }
    }

    /** A token, without its value. */
    record Token(
            String accessor,

            @Schema(description = "which of the running copies of the program holds it")
            String instance,

            Instant issuedAt,
            Instant expiresAt,

            @Schema(description = "it cannot be renewed for longer")
            Instant endsAt) {

        static Token of(ReaderTokens.Token token) {
            return new Token(token.accessor(), token.instance(), token.issuedAt(), token.expiresAt(), token.endsAt());
        }
    }

    /** A new secret_id, in the one answer that ever shows it. */
    record FreshSecretId(
            String roleId,

            @Schema(description = "shown only here") String secretId,

            String accessor,
            Instant expiresAt) {

        static FreshSecretId of(String role, SecretIds.SecretId issued, SecretValue secret) {
            return new FreshSecretId(
                    role,
                    secret.expose(bytes -> new String(bytes, StandardCharsets.UTF_8)),
                    issued.accessor(),
                    issued.expiresAt());
        }

        @Override
        public String toString() {
            return "FreshSecretId[roleId=" + roleId + ", secretId=***, accessor=" + accessor + "]";
        }
    }
}
