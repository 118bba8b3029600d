package dev.lockstep.web;

import dev.lockstep.domain.SecretValue;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;

/** A user and the generated password, in the one answer that ever shows it. */
record FreshLogin(
        UserView user,

        @Schema(description = "shown only here; opens nothing until its user has replaced it")
        String oneTimePassword) {

    static FreshLogin of(UserView user, SecretValue password) {
        return new FreshLogin(user, password.expose(bytes -> new String(bytes, StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return "FreshLogin[user=" + user + ", oneTimePassword=***]";
    }
}
